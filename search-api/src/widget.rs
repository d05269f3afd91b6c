//! `<lawcite-search>`, for pages of other sites.

use axum::Router;
use axum::routing::get;

use crate::AppState;
use crate::pages::asset;

macro_rules! modules {
    ($($name:literal),*) => {
        /// The modules of the widget: name and text.
        const MODULES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../widget/", $name)))),*];
    };
}

modules!("lawcite-search.js", "element.js", "client.js", "results.js", "words.js", "style.js");

/// `/widget/…`.
pub(crate) fn router() -> Router<AppState> {
    let route = |router: Router<AppState>, &(name, text): &(&str, &'static str)| {
        router.route(&format!("/widget/{name}"), get(async move || asset("text/javascript", text)))
    };
    MODULES.iter().fold(Router::new(), route)
}

//! Tables as files that a browser saves.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use utoipa::IntoParams;
use utoipa::openapi::Object;
use utoipa::openapi::schema::{ObjectBuilder, Type};

use super::{Table, csv, xlsx};
use crate::ApiError;
use crate::links::encoded;

/// In which form a report is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FormatRequest {
    /// `csv` or `xlsx` for a file, else JSON.
    #[param(required = false, schema_with = names)]
    pub(crate) format: Option<Format>,
}

fn names() -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["json", "csv", "xlsx"])).build()
}

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Csv,
    Xlsx,
}

impl Format {
    pub(crate) fn from_name(name: &str) -> Option<Format> {
        match name {
            "csv" => Some(Format::Csv),
            "xlsx" => Some(Format::Xlsx),
            _ => None,
        }
    }
}

/// The tables as a file called `name`.
pub(crate) fn download(format: Format, name: &str, tables: &[Table]) -> Result<Response, ApiError> {
    let (bytes, media_type, suffix) = match format {
        Format::Csv => (csv(tables), "text/csv; charset=utf-8", "csv"),
        Format::Xlsx => (
            xlsx(tables).map_err(ApiError::internal)?,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        ),
    };
    // RFC 8187: names of any script.
    let disposition = format!("attachment; filename*=UTF-8''{}.{suffix}", encoded(name));
    let disposition = HeaderValue::try_from(disposition).map_err(ApiError::internal)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    Ok((headers, bytes).into_response())
}

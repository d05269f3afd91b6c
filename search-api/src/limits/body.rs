//! What a client sends.

use std::error::Error;
use std::sync::Arc;

use axum::RequestExt;
use axum::extract::{FromRequest, Request};
use http_body_util::{BodyExt, LengthLimitError};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

use super::Entrance;
use crate::metrics::Shed;
use crate::server::Connection;
use crate::{ApiError, AppState};

/// A body read to its end: not larger than its route takes, not slower than [`body_time`](super::Limits::body_time), and together
/// with all others within [`body_memory`](super::Limits::body_memory).
pub(crate) struct WholeBody {
    pub(crate) bytes: Vec<u8>,
    /// What it has of the memory for all; given back when dropped.
    _memory: Option<OwnedSemaphorePermit>,
}

impl FromRequest<AppState> for WholeBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> Result<WholeBody, ApiError> {
        let entrance = state.entrance();
        let connection = request.extensions().get::<Arc<Connection>>().cloned();
        let waiting = connection.as_ref().map(|connection| connection.reading_body());
        let read = timeout(entrance.limits().body_time, read(request, entrance)).await;
        drop(waiting);
        read.unwrap_or(Err(ApiError::BodyTooSlow))
    }
}

async fn read(request: Request, entrance: &Entrance) -> Result<WholeBody, ApiError> {
    let mut body = request.with_limited_body().into_body();
    let mut whole = WholeBody { bytes: Vec::new(), _memory: None };
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|error| unread(&error))?.into_data() else { continue };
        let Some(memory) = entrance.memory_for_body(data.len()) else {
            return Err(entrance.shedding().count(Shed::BodyMemory));
        };
        match &mut whole._memory {
            Some(all) => all.merge(memory),
            none => *none = Some(memory),
        }
        whole.bytes.extend_from_slice(&data);
    }
    Ok(whole)
}

fn unread(error: &axum::Error) -> ApiError {
    let mut causes = std::iter::successors(Some(error as &(dyn Error + 'static)), |&cause| cause.source());
    if causes.any(<dyn Error>::is::<LengthLimitError>) {
        ApiError::BodyTooLarge
    } else {
        ApiError::Body("the body ended before it was read".to_owned())
    }
}

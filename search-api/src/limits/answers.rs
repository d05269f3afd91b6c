use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::OwnedSemaphorePermit;

use crate::metrics::Shed;
use crate::{ApiError, AppState};

/// Smaller answers are not counted, in bytes: one for each connection is little enough.
const SMALL: u64 = 64 * 1024;

/// An answer's bytes with what they have of the memory for all; given back when the last of them has gone.
struct Counted {
    bytes: Bytes,
    _memory: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for Counted {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// Keeps all answers that are being taken within [`answer_memory`](super::Limits::answer_memory): clients that take theirs slowly
/// do not fill the memory. Who asks for a large one then is answered 503.
pub(crate) async fn counted(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let Some(size) = response.body().size_hint().exact().filter(|&size| size > SMALL) else { return response };
    let Some(memory) = state.entrance().memory_for_answer(size) else {
        return state.entrance().shedding().count(Shed::AnswerMemory).into_response();
    };
    let (head, body) = response.into_parts();
    match to_bytes(body, usize::MAX).await {
        Ok(bytes) => Response::from_parts(head, Body::from(Bytes::from_owner(Counted { bytes, _memory: memory }))),
        Err(error) => ApiError::internal(error).into_response(),
    }
}

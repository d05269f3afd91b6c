use lawcite_core::audit::SegmentKind;

use crate::wire::DifferenceSegment;

/// A comparison as plain text: [-what was there-]{+what is there+}.
pub fn marked(difference: &[DifferenceSegment]) -> String {
    let mark = |segment: &DifferenceSegment| match segment.kind {
        SegmentKind::Same => segment.text.clone(),
        SegmentKind::Removed => format!("[-{}-]", segment.text),
        SegmentKind::Added => format!("{{+{}+}}", segment.text),
    };
    difference.iter().map(mark).collect()
}

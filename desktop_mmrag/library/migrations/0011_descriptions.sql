-- Photos that a vision model was asked to describe, and which model it was; its words are a segment.
CREATE TABLE described_by (
    content_id INTEGER PRIMARY KEY REFERENCES content (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    segment_id INTEGER                  -- NULL where it said nothing, or the picture is unreadable
) STRICT;

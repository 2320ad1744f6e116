"""One file in; segments, a preview picture and facts out."""

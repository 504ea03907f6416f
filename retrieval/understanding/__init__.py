"""From what people type to what is asked."""

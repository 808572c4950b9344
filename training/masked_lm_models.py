"""The masked models that ship: their shapes, what their heads are taught, and in how many bits their weights are stored."""

from dataclasses import dataclass, field
from pathlib import Path

from bert import BertConfig

HERE = Path(__file__).resolve().parent
SHIPPED = HERE.parent / "models"
VOCABULARY = SHIPPED / "masked-lm-small"  # which all of them have


@dataclass(frozen=True)
class MaskedModel:
    """One of them. `taught` is `{relation: (layer, head)}`; `teaching.LEARNS` says which links each relation is."""
    name: str
    config: BertConfig
    taught: dict
    teaching: dict = field(default_factory=dict)  # settings of `masked_lm_teach.py` that are its own
    eight_bits: bool = False
    # Heads that were not taught in this model, and what they find all the same: {kind of link: (layer, head)}.
    untaught: dict = field(default_factory=dict)


# Which taught head the measure asks for each kind of link.
HEAD_OF = {"subject": "subject", "far-subject": "subject", "relative-subject": "subject", "object": "object", "complement": "object",
           "determiner": "modifier", "adjective": "modifier", "preposition": "preposition", "antecedent": "antecedent"}

_SMALL = MaskedModel("masked-lm-small", BertConfig(),
                     {"object": (3, 0), "subject": (4, 1), "modifier": (3, 2), "preposition": (3, 3), "antecedent": (4, 0)})
# Grown from the small one, with a layer put between: its taught heads are where theirs went.
_MEDIUM = MaskedModel("masked-lm-medium", BertConfig(hidden_size=256, num_hidden_layers=6, num_attention_heads=8, intermediate_size=1024),
                      {"object": (4, 0), "subject": (5, 1), "modifier": (4, 2), "preposition": (4, 3), "antecedent": (5, 0)},
                      teaching={"steps": 2000, "tokens": 4096, "rate": 3e-4}, eight_bits=True,
                      untaught={**dict.fromkeys(("determiner", "adjective", "preposition", "object", "complement"), (1, 2)),
                                "subject": (5, 5), "far-subject": (5, 5), "antecedent": (5, 4)})
MODELS = {model.name: model for model in (_SMALL, _MEDIUM)}


def with_model(parser):
    """Give a parser that has all its other options `--model`, and the defaults of that model; return the model that was asked for."""
    parser.add_argument("--model", choices=MODELS, default=_SMALL.name)
    model = MODELS[parser.parse_known_args()[0].model]
    parser.set_defaults(work=HERE / "build" / model.name, shipped=SHIPPED / model.name, **model.teaching)
    return model


def asked_heads(model):
    """The head that each kind of link is asked of."""
    return {kind: model.taught[name] for kind, name in HEAD_OF.items()}

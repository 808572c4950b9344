"""The run of a model that is taught further: the weights that it begins with, its optimizer and its checkpoints."""

import json
import time
from pathlib import Path

import torch

from shipped import weights_of

SAVE_EVERY = 60  # seconds


def begin(options, make):
    """The model of `make()` with the weights of its training's checkpoint in `work` where there is one, else with those that ship."""
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    options.work.mkdir(parents=True, exist_ok=True)
    model, first = make(), options.work / "checkpoint.pt"
    if first.exists():
        model.load_state_dict(torch.load(first)["model"])
    else:
        model.load_state_dict(weights_of(options.shipped / "onnx" / "model.onnx"))
    return model


def keep_before(work, figures):
    """Keep what heads find before they are taught, for the card; weights that ship were taught before, and tell nothing of it."""
    if (work / "checkpoint.pt").exists():
        (work / "before.json").write_text(json.dumps(figures), encoding="utf-8")


def rate_of(step, options):
    """Share of the peak rate: a short warm-up, constant, then linear to zero."""
    return min(1.0, (step + 1) / options.warm_up, (options.steps - step) / (options.steps * (1 - options.decay_from)))


def endless(teaching, epoch, skip):
    """`(epoch, index, batch)` for ever, beginning at batch `skip` of `epoch`."""
    while True:
        for index, batch in enumerate(teaching.epoch(epoch)):
            if index >= skip:
                yield epoch, index, batch
        epoch, skip = epoch + 1, 0


class Run:
    """Steps of AdamW that are saved often, and go on from the last checkpoint, `taught.pt` in `work`, to the same numbers.

    `state` is where the run stands: `step`, `seconds`, and for each name of `texts` the `(epoch, index)` of its last batch.
    """

    def __init__(self, options, model, texts):
        self.options, self.model, self.checkpoint = options, model, options.work / "taught.pt"
        self.optimizer = torch.optim.AdamW(model.parameters(), lr=options.rate, betas=(0.9, 0.98), weight_decay=0.01, foreach=True)
        self.state = {"step": 0, "seconds": 0.0, **{name: (0, -1) for name in texts}}
        trained = options.work / "checkpoint.pt"
        if self.checkpoint.exists():
            if trained.exists() and trained.stat().st_mtime > self.checkpoint.stat().st_mtime:
                raise SystemExit(f"{self.checkpoint} is of weights before those of {trained.name}. Remove it to teach the new ones.")
            saved = torch.load(self.checkpoint)
            model.load_state_dict(saved["model"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.state = saved["state"]
        self.started, self.saved_at = time.time() - self.state["seconds"], time.time()

    def next_of(self, text):
        """The epoch and the index of the batch that comes next in a text."""
        epoch, index = self.state[text]
        return epoch, index + 1

    def steps(self):
        """The numbers of the steps that are left, the rate of each set; saves behind a step when it is time, and behind the last."""
        for step in range(self.state["step"], self.options.steps):
            for group in self.optimizer.param_groups:
                group["lr"] = self.options.rate * rate_of(step, self.options)
            yield step
            if time.time() - self.saved_at > SAVE_EVERY or step + 1 == self.options.steps:
                self._save(step + 1)

    def learn(self, loss):
        """One step down the gradient of a loss."""
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()

    def seconds(self):
        """Seconds that the run has taken so far, those before its last checkpoint included."""
        return time.time() - self.started

    def _save(self, done):
        self.saved_at = time.time()
        self.state.update(step=done, seconds=self.seconds())
        beside = self.checkpoint.with_suffix(".part")
        torch.save({"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(), "state": self.state,
                    "config": vars(self.model.config),
                    "options": {k: v for k, v in vars(self.options).items() if not isinstance(v, Path)}}, beside)
        beside.replace(self.checkpoint)

"""The training loop of every model of the translation task: teacher forcing, a rate that rises and then falls to zero in a line."""

import numpy as np
import torch
from torch.nn import functional as F

from translation_task import PAD


def batches_for_ever(data, rng, size, form):
    """Pass after pass over the training sentences, each in its own order."""
    while True:
        yield from data.batches(rng, size, **form)


def learn(model, optimizer, data, options, warm_up, **form):
    """Train `model(source [B,S], target_in [B,T]) -> logits [B,T,V]` for `options.steps` steps; prints the loss as it goes.

    `options` gives steps, batch, lr (the peak rate, reached after `warm_up` steps) and seed; `form` goes to `TranslationData.batches`.
    """
    supply = batches_for_ever(data, np.random.default_rng(options.seed), options.batch, form)
    for step, (source, target_in, target_out) in zip(range(options.steps), supply):
        for group in optimizer.param_groups:
            group["lr"] = options.lr * min(1.0, (step + 1) / warm_up) * (1 - step / options.steps)
        logits = model(torch.from_numpy(source), torch.from_numpy(target_in))
        loss = F.cross_entropy(logits.flatten(0, 1), torch.from_numpy(target_out).flatten(), ignore_index=PAD)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if (step + 1) % 200 == 0 or step + 1 == options.steps:
            print(f"step {step + 1} loss {loss.item():.4f}", flush=True)

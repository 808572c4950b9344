"""Muon for the matrices, AdamW for all else: many more steps' worth of progress for the same time on one core.

Muon (Jordan 2024): momentum, then the nearest orthogonal matrix by five Newton-Schulz steps. Matrices of one shape are
orthogonalised together, and of several processes each does its part of them.
"""

import torch

from parallel import divided


def _orthogonal(g, steps=5):
    """Nearest orthogonal matrices to the stack `g` `[N,R,C]`, approximately (quintic Newton-Schulz)."""
    tall = g.shape[1] > g.shape[2]
    x = g.transpose(1, 2) if tall else g
    x = x / (x.flatten(1).norm(dim=1)[:, None, None] + 1e-7)
    for _ in range(steps):
        square = x @ x.transpose(1, 2)
        x = 3.4445 * x + (-4.7750 * square + 2.0315 * square @ square) @ x
    return x.transpose(1, 2) if tall else x


class Muon(torch.optim.Optimizer):
    """Nesterov momentum, orthogonalised; decoupled weight decay. For 2-D hidden weights only."""

    def __init__(self, parameters, lr, momentum=0.95, weight_decay=0.01):
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            by_shape = {}
            for p in group["params"]:
                by_shape.setdefault(tuple(p.shape), []).append(p)
            for (rows, columns), parameters in by_shape.items():
                updates = []
                for p in parameters:
                    buffer = self.state[p].setdefault("momentum", torch.zeros_like(p))
                    buffer.lerp_(p.grad, 1 - group["momentum"])
                    updates.append(p.grad.lerp(buffer, group["momentum"]))
                scale = group["lr"] * max(1.0, rows / columns) ** 0.5
                for p, update in zip(parameters, divided(_orthogonal, torch.stack(updates))):
                    p.mul_(1 - group["lr"] * group["weight_decay"]).add_(update, alpha=-scale)


def optimizers(model, muon_lr, adam_lr, query_key_lr, decay):
    """Return `[Muon, AdamW]`: Muon for hidden matrices, AdamW for embeddings, biases and norms.

    AdamW takes the query and key matrices too, at `query_key_lr`: Muon moves every direction of a matrix alike, which for those
    two lets the scores grow until the softmax sits on one place and learns no more. `decay` is the hidden matrices' weight decay.
    """
    matrices, query_key, rest = [], [], []
    for name, p in model.named_parameters():
        if p.ndim != 2 or "embedding" in name.lower():
            rest.append(p)
        elif any(part in ("query", "key", "q_proj", "k_proj") for part in name.split(".")):
            query_key.append(p)
        else:
            matrices.append(p)
    groups = [{"params": rest, "lr": adam_lr, "weight_decay": 0.0}, {"params": query_key, "lr": query_key_lr, "weight_decay": decay}]
    adam = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-9, foreach=True)
    return [Muon(matrices, lr=muon_lr, weight_decay=decay), adam]


def learning_rate(step, warm_up, total, decay_from):
    """Share of the peak rate: linear warm-up, constant, then linear to zero from `decay_from` (a share of `total`)."""
    if step < warm_up:
        return (step + 1) / warm_up
    left = (total - step) / (total * (1 - decay_from))
    return max(0.0, min(1.0, left))

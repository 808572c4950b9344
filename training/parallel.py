"""One training on several CPU cores: a process a core, each with batches of its own, gradients averaged in every step.

A process with one thread multiplies these small matrices at full speed; one process with two threads is slower than with one.
"""

import os

import torch
from torch import distributed, multiprocessing


def run_together(processes, work, *arguments):
    """Call `work(rank, *arguments)` in so many processes (`rank` counts from 0), or here where there is one only."""
    if processes == 1:
        work(0, *arguments)
        return
    os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
    os.environ.setdefault("MASTER_PORT", str(20000 + os.getpid() % 20000))
    multiprocessing.spawn(_joined, (processes, work, arguments), processes)


def _joined(rank, processes, work, arguments):
    torch.set_num_threads(1)
    distributed.init_process_group("gloo", rank=rank, world_size=processes)
    work(rank, *arguments)


def average_gradients(model):
    """Give every process the mean of all processes' gradients."""
    if not distributed.is_initialized():
        return
    gradients = [p.grad for p in model.parameters() if p.grad is not None]
    flat = torch.cat([g.flatten() for g in gradients])
    distributed.all_reduce(flat)
    flat /= distributed.get_world_size()
    for gradient, mean in zip(gradients, flat.split([g.numel() for g in gradients])):
        gradient.copy_(mean.view_as(gradient))


def divided(work, stack):
    """`work(stack)`, a function of each matrix of the stack `[N,R,C]` by itself, every process working on its part of the matrices."""
    if not distributed.is_initialized():
        return work(stack)
    result, mine = torch.zeros_like(stack), slice(distributed.get_rank(), None, distributed.get_world_size())
    if len(stack[mine]):
        result[mine] = work(stack[mine])
    distributed.all_reduce(result)
    return result


def all_agree(mine):
    """Whether the first process says so: what depends on the clock is decided once."""
    if not distributed.is_initialized():
        return mine
    said = torch.tensor([float(mine)])
    distributed.broadcast(said, 0)
    return bool(said.item())

"""Several processes of one thread each train copies that are averaged every few steps.

One process of two threads waits for the slower thread at every operation, hundreds of times a
step; on a machine that has other work to do that costs most of the time. Copies that meet every
eighth step ("local SGD", Stich, 2019) hardly wait. Start with

    python -m torch.distributed.run --nproc-per-node 2 train.py
"""

from __future__ import annotations

import os

import torch
import torch.distributed as dist

EVERY = 8  # steps between two averages


class Group:
    """The processes of this training; a single one unless started by torch.distributed.run."""

    def __init__(self) -> None:
        self.size = int(os.environ.get("WORLD_SIZE", "1"))
        self.rank = int(os.environ.get("RANK", "0"))
        if self.size > 1 and not dist.is_initialized():
            dist.init_process_group("gloo")

    @property
    def first(self) -> bool:
        return self.rank == 0

    def share(self, batches: list) -> list:
        """This process's batches; every process gets as many."""
        return batches[self.rank : len(batches) - len(batches) % self.size : self.size]

    @torch.no_grad()
    def average(self, parameters: list[torch.Tensor]) -> None:
        """Replaces every copy by the mean of all."""
        if self.size == 1:
            return
        flat = torch.cat([p.reshape(-1) for p in parameters])
        dist.all_reduce(flat)
        flat /= self.size
        torch._foreach_copy_(parameters, [part.view_as(p) for part, p in zip(flat.split([p.numel() for p in parameters]), parameters)])

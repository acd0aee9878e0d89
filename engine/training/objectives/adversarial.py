"""The losses of adversarial training: equations 4 to 7 of the UGS-1m paper, section 3.3.2.

Equation 4 is the network itself: P_s and P_t are its softmax maps of source and target. The paper writes the
discriminator's opinion as two channels, (h, w, 0) for the target and (h, w, 1) for the source, but its last layer has
one (section 3.2); so here the probability of the source is the sigmoid of that one, and of the target the rest. The
losses are means over the parts (h, w) of the maps and over the batch, which the equations leave open.
"""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor


def discriminator_loss(logits: Tensor, source: bool) -> Tensor:
    """Cross entropy of the discriminator's opinion of maps whose origin is known (eq. 5).

    ``-[(1 - y) log(1 - s) + y log s]`` with s the sigmoid of the logits. A step adds the losses of source and target.

    Parameters
    ----------
    logits : Tensor of any shape
        What the discriminator gives, (n, 1, h, w).
    source : bool
        y of the paper: whether the maps are of the source.

    Returns
    -------
    Tensor
        One number, not below 0.
    """
    return F.softplus(-logits if source else logits).mean()


def adversarial_loss(target_logits: Tensor) -> Tensor:
    """Loss of a network whose maps of the target are seen as what they are: ``-log s`` (eq. 6).

    Parameters
    ----------
    target_logits : Tensor of any shape
        What the discriminator gives for maps of the target.
    """
    return discriminator_loss(target_logits, source=True)


def generator_loss(segmentation: Tensor, target_logits: Tensor, weight: float = 1.0) -> Tensor:
    """Loss of the network: that of its labelled source images plus the adversarial one (eq. 7).

    Parameters
    ----------
    segmentation : Tensor
        L_ugs of the source, one number: `urbangrain.engine.training.objectives.ugsnet.ugsnet_loss`, say.
    target_logits : Tensor of any shape
        What the discriminator gives for maps of the target.
    weight : float
        Of the adversarial loss; the paper has 1.
    """
    return segmentation + weight * adversarial_loss(target_logits)

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn import metrics

from urbangrain.engine.accuracy.confusion import confusion_matrix, score


def test_by_hand() -> None:
    # rows = map, columns = reference
    s = score([[50, 10], [5, 35]])
    assert s.precision == pytest.approx([50 / 60, 35 / 40])
    assert s.recall == pytest.approx([50 / 55, 35 / 45])
    assert s.f1 == pytest.approx([100 / 115, 70 / 85])
    assert s.iou == pytest.approx([50 / 65, 35 / 50])
    assert s.overall_accuracy == pytest.approx(0.85)
    chance = (60 * 55 + 40 * 45) / 100**2
    assert s.kappa == pytest.approx((0.85 - chance) / (1 - chance))
    assert s.mean_iou == pytest.approx((50 / 65 + 35 / 50) / 2)
    assert s.fw_iou == pytest.approx(0.55 * 50 / 65 + 0.45 * 35 / 50)


def test_fw_iou_follows_the_formula_of_table_2() -> None:
    x = np.array([[30, 4, 1], [2, 40, 7], [3, 5, 8]], float).T  # the paper's x_ij: i is the reference
    total = x.sum()
    by_formula = sum(x[i].sum() * x[i, i] / (x[i].sum() + x[:, i].sum() - x[i, i]) for i in range(3)) / total
    assert score(x.T).fw_iou == pytest.approx(by_formula)


def test_olofsson_counts_give_the_published_simple_ratios() -> None:
    counts = [[66, 0, 5, 4], [0, 55, 8, 12], [1, 0, 153, 11], [2, 1, 9, 313]]
    assert score(counts).precision == pytest.approx([0.88, 0.73333, 0.92727, 0.96308], abs=5e-6)


@given(arrays(np.int64, (4, 4), elements=st.integers(0, 30)))
def test_agrees_with_scikit_learn(matrix: np.ndarray) -> None:
    if matrix.sum() == 0:
        return
    mapped, reference = np.repeat(np.stack(np.indices((4, 4)).reshape(2, -1)), matrix.ravel(), axis=1)
    s = score(metrics.confusion_matrix(reference, mapped, labels=range(4)).T)
    assert s.overall_accuracy == pytest.approx(metrics.accuracy_score(reference, mapped))
    labels = list(range(4))
    for ours, theirs, defined in (
        (s.precision, metrics.precision_score, matrix.sum(axis=1) > 0),
        (s.recall, metrics.recall_score, matrix.sum(axis=0) > 0),
        (s.f1, metrics.f1_score, matrix.sum(axis=0) + matrix.sum(axis=1) > 0),
        (s.iou, metrics.jaccard_score, matrix.sum(axis=0) + matrix.sum(axis=1) > 0),
    ):
        expected = theirs(reference, mapped, labels=labels, average=None, zero_division=0)
        np.testing.assert_allclose(ours[defined], expected[defined])
        assert np.isnan(ours[~defined]).all()
    if len({*mapped, *reference}) > 1:
        assert s.kappa == pytest.approx(metrics.cohen_kappa_score(reference, mapped))


def test_a_class_in_neither_is_left_out_of_the_mean() -> None:
    s = score([[9, 1, 0], [0, 10, 0], [0, 0, 0]])
    assert np.isnan(s.iou[2])
    assert s.mean_iou == pytest.approx((9 / 10 + 10 / 11) / 2)


def test_a_class_only_in_the_map_counts_against_it() -> None:
    s = score([[9, 0], [1, 0]])
    assert np.isnan(s.recall[1])
    assert s.iou[1] == 0.0
    assert s.mean_iou == pytest.approx(0.45)


def test_nothing_to_compare_is_nan_not_zero() -> None:
    s = score(np.zeros((3, 3)))
    assert all(np.isnan(v) for v in (s.overall_accuracy, s.kappa, s.mean_iou, s.fw_iou))


def test_one_class_alone_has_no_kappa() -> None:
    s = score([[7, 0], [0, 0]])
    assert s.overall_accuracy == 1.0
    assert np.isnan(s.kappa)


@pytest.mark.parametrize("bad", [[[1, 2, 3]], [[1, -1], [0, 1]], [1, 2]])
def test_what_is_no_matrix_is_refused(bad: list) -> None:
    with pytest.raises(ValueError, match="confusion matrix"):
        score(bad)


def test_pairs_are_counted_with_the_map_in_rows() -> None:
    mapped, reference = np.array([0, 0, 1, 2], np.uint8), np.array([0, 1, 1, 0], np.uint8)
    assert confusion_matrix(mapped, reference, 3).tolist() == [[1, 1, 0], [0, 1, 0], [1, 0, 0]]

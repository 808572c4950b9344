import type { Analysis } from '../../core/attention/analysis.ts';
import type { Prediction } from '../../core/prediction/prediction.ts';
import type { Drawing } from '../../core/prediction/sample.ts';
import { distributionOf, type Writer } from './distribution.ts';

/**
 * An analysis whose next tokens also have the probabilities with which they are drawn: at every step whose logits are
 * kept, `drawn` beside `probability`, and how many tokens can be drawn. The weights are those of the analysis.
 */
export function withDrawn(writer: Writer, analysis: Analysis, drawing: Drawing): Analysis {
  const { predictions } = analysis;
  return predictions
    ? { ...analysis, predictions: predictions.map((one) => drawnPrediction(writer, analysis, drawing, one)) }
    : analysis;
}

function drawnPrediction(writer: Writer, analysis: Analysis, drawing: Drawing, prediction: Prediction): Prediction {
  if (prediction.kind !== 'next') return prediction;
  const steps = prediction.steps.map((step, at) => {
    const found = distributionOf(writer, analysis, at + prediction.ahead, drawing);
    if (!found) return step;
    const shares = new Map(found.candidates.map(({ id, drawn }) => [id, drawn]));
    return {
      candidates: step.candidates.map((one) => ({ ...one, drawn: shares.get(one.id) ?? 0 })),
      followed: step.followed && { ...step.followed, ...(found.followed ? { drawn: found.followed.drawn } : {}) },
      kept: found.kept,
    };
  });
  return { ...prediction, drawing, steps };
}

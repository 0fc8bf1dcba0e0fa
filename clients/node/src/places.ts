import type { Figure } from "./gen/crossfoot/v1/figure_pb.js";
import type { Finding } from "./gen/crossfoot/v1/finding_pb.js";
import type { ValidateDocumentResponse } from "./gen/crossfoot/v1/validation_service_pb.js";

/** Where a figure is printed; `figure.span` has line, column, bytes and words. */
export interface Place {
  /** The uri of the document that was checked, or of the earlier one that the figure is cited from. */
  documentUri: string;
  figure: Figure;
}

/**
 * The places of all figures that take part in a finding of the result, in the order of its `figureIds`.  Empty where the
 * request asked for no figures (View.SUMMARY).
 */
export function places(result: ValidateDocumentResponse, finding: Finding): Place[] {
  const documentUri = result.document?.uri ?? "";
  const known = new Map<string, Place>(result.figures.map((figure) => [figure.id, { documentUri, figure }]));
  for (const { documentUri, figure } of result.citedFigures) {
    if (figure) known.set(figure.id, { documentUri, figure });
  }
  return finding.figureIds.flatMap((id) => known.get(id) ?? []);
}

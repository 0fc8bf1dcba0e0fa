package dev.crossfoot;

import dev.crossfoot.v1.CitedFigure;
import dev.crossfoot.v1.Figure;
import dev.crossfoot.v1.Finding;
import dev.crossfoot.v1.ValidateDocumentResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a figure is printed. */
public final class Place {
  private final String documentUri;
  private final Figure figure;

  private Place(String documentUri, Figure figure) {
    this.documentUri = documentUri;
    this.figure = figure;
  }

  /**
   * Finds the places of all figures that take part in a finding.
   *
   * @param result what the finding stands in
   * @param finding the finding
   * @return the places in the order of its figure ids; none where the request asked for no figures (VIEW_SUMMARY)
   */
  public static List<Place> of(ValidateDocumentResponse result, Finding finding) {
    Map<String, Place> known = new HashMap<>();
    for (Figure figure : result.getFiguresList()) {
      known.put(figure.getId(), new Place(result.getDocument().getUri(), figure));
    }
    for (CitedFigure cited : result.getCitedFiguresList()) {
      known.put(cited.getFigure().getId(), new Place(cited.getDocumentUri(), cited.getFigure()));
    }
    List<Place> places = new ArrayList<>();
    for (String id : finding.getFigureIdsList()) {
      if (known.containsKey(id)) {
        places.add(known.get(id));
      }
    }
    return places;
  }

  /**
   * The document.
   *
   * @return the uri of the document that was checked, or of the earlier one that the figure is cited from
   */
  public String documentUri() {
    return documentUri;
  }

  /**
   * The figure.
   *
   * @return it; its span has line, column, bytes and words
   */
  public Figure figure() {
    return figure;
  }
}

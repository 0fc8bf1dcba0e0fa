package crossfoot

import crossfootv1 "crossfoot.dev/api/crossfoot/v1"

// Place is where a figure is printed; Figure.GetSpan() has line, column, bytes and words.
type Place struct {
	// DocumentURI is the uri of the document that was checked, or of the earlier one that the figure is cited from.
	DocumentURI string
	Figure      *crossfootv1.Figure
}

// Places gives the places of all figures that take part in a finding of the result, in the order of its figure_ids.
// Empty where the request asked for no figures (VIEW_SUMMARY).
func Places(result *crossfootv1.ValidateDocumentResponse, finding *crossfootv1.Finding) []Place {
	known := make(map[string]Place, len(result.GetFigures())+len(result.GetCitedFigures()))
	for _, figure := range result.GetFigures() {
		known[figure.GetId()] = Place{result.GetDocument().GetUri(), figure}
	}
	for _, cited := range result.GetCitedFigures() {
		known[cited.GetFigure().GetId()] = Place{cited.GetDocumentUri(), cited.GetFigure()}
	}
	var places []Place
	for _, id := range finding.GetFigureIds() {
		if place, ok := known[id]; ok {
			places = append(places, place)
		}
	}
	return places
}

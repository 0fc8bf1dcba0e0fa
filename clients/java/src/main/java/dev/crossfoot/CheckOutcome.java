package dev.crossfoot;

import dev.crossfoot.v1.ValidateDocumentResponse;
import dev.crossfoot.v1.ValidateDocumentsResponse;
import java.util.Optional;

/** What came of one report of {@link CrossfootClient#checkMany}. */
public final class CheckOutcome {
  private final ValidateDocumentsResponse message;

  CheckOutcome(ValidateDocumentsResponse message) {
    this.message = message;
  }

  /**
   * Which report it is of.
   *
   * @return the id of the request
   */
  public String id() {
    return message.getId();
  }

  /**
   * What was found in the report.
   *
   * @return the result
   * @throws CrossfootException when the report could not be read
   */
  public ValidateDocumentResponse result() {
    error().ifPresent(error -> {
      throw error;
    });
    return message.getResponse();
  }

  /**
   * Why the report could not be read.
   *
   * @return the error; empty when there is a result
   */
  public Optional<CrossfootException> error() {
    return message.getResponse().hasError()
        ? Optional.of(CrossfootException.of(message.getResponse().getError()))
        : Optional.empty();
  }
}

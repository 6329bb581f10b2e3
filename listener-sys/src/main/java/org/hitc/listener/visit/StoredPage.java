package org.hitc.listener.visit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Arrangement;
import org.hitc.workflow.engine.Snapshot;
import org.hitc.workflow.engine.View;
import org.hitc.workflow.engine.Words;

/**
 * What the store keeps of a page: a snapshot, never changed.
 *
 * @param ticket to be sent with its form
 * @param made when it was made
 * @param reference of the job that made it
 * @param trail the pages that led here, first to last
 * @param snapshot what the engine needs for the next event
 */
public record StoredPage(
    String ticket,
    Instant made,
    Optional<String> reference,
    List<Ancestor> trail,
    Snapshot snapshot) {
  public StoredPage {
    trail = List.copyOf(trail);
  }

  /**
   * A page that led here.
   *
   * @param page its id
   * @param step the step it showed
   * @param title its heading
   * @param arrangement how it was shown when it was left
   */
  public record Ancestor(String page, String step, Words title, Arrangement arrangement) {}

  /**
   * The form of this page as it was submitted, as a page of its own: what a way back leads to, so
   * that nobody types twice. Secrets stay out.
   *
   * @param typed what was submitted, by field
   * @param typedIn BCP 47 tag of the language of the form into which it was typed
   * @param freshTicket ticket of the new page
   */
  public Optional<StoredPage> filledIn(
      Map<String, List<String>> typed, Optional<String> typedIn, String freshTicket) {
    if (!(snapshot.view() instanceof View.Form form)) {
      return Optional.empty();
    }
    View.Form filled =
        new View.Form(
            form.title(),
            form.fields().stream().map(field -> filledIn(field, typed)).toList(),
            typedIn,
            form.button(),
            List.of());
    return Optional.of(
        new StoredPage(
            freshTicket,
            made,
            reference,
            trail,
            new Snapshot(
                snapshot.hash(), snapshot.step(), snapshot.known(), snapshot.offers(), filled)));
  }

  private static View.FieldView filledIn(View.FieldView field, Map<String, List<String>> typed) {
    List<String> values =
        field.control() instanceof View.Control.Secret
                || field.control() instanceof View.Control.Upload
            ? List.of()
            : typed.getOrDefault(field.name(), List.of());
    return new View.FieldView(
        field.name(), field.label(), field.hint(), field.required(), field.control(), values);
  }
}

package org.hitc.listener.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.Arrangement;
import org.hitc.channel.PageAddress;
import org.hitc.listener.page.PageWords;
import org.hitc.listener.visit.StoredPage;
import org.hitc.session.store.Change;
import org.hitc.workflow.engine.Offer;
import org.hitc.workflow.engine.Position;
import org.hitc.workflow.engine.Snapshot;
import org.hitc.workflow.engine.View;

/**
 * Where a visit stands when something is asked of it.
 *
 * @param address of the page that was acted on; at the beginning only its visit is that of anything
 * @param page the page that was acted on; absent at the beginning
 * @param trail pages that lead to the next one, the current one included
 * @param chosen handles in the request that may be offers of the current page
 * @param also changes to be made with whatever comes of it
 */
record Place(
    Definition definition,
    PageAddress address,
    Optional<StoredPage> page,
    List<StoredPage.Ancestor> trail,
    List<String> chosen,
    List<Change> also) {

  /** A visit that begins. */
  static Place beginning(Definition definition, String visit) {
    PageAddress address = new PageAddress(definition.workflow().name(), visit, "");
    return new Place(definition, address, Optional.empty(), List.of(), List.of(), List.of());
  }

  /** On the way from a page to the next one. */
  static Place after(
      Definition definition,
      PageAddress address,
      StoredPage page,
      Arrangement arrangement,
      List<String> chosen) {
    List<StoredPage.Ancestor> trail = new ArrayList<>(page.trail());
    Snapshot snapshot = page.snapshot();
    trail.add(
        new StoredPage.Ancestor(
            address.page(), snapshot.step(), PageWords.title(snapshot.view()), arrangement));
    return new Place(definition, address, Optional.of(page), trail, chosen, List.of());
  }

  /** On a page that is to be made once more. */
  static Place again(Definition definition, PageAddress address, StoredPage page) {
    return new Place(definition, address, Optional.of(page), page.trail(), List.of(), List.of());
  }

  /** The way back leads to another page than the one that was submitted: to its filled-in form. */
  Place backBy(String filledIn, Change change) {
    List<StoredPage.Ancestor> ways = new ArrayList<>(trail);
    StoredPage.Ancestor last = ways.removeLast();
    ways.add(new StoredPage.Ancestor(filledIn, last.step(), last.title(), last.arrangement()));
    return new Place(definition, address, page, ways, chosen, List.of(change));
  }

  Position position() {
    return page.<Position>map(StoredPage::snapshot).orElseGet(Position.Beginning::new);
  }

  boolean begins() {
    return page.isEmpty();
  }

  /** The step of the page that was acted on. */
  String step() {
    return page.orElseThrow().snapshot().step();
  }

  /** True on a page whose button changes something. */
  boolean isConfirm() {
    return page.filter(p -> p.snapshot().view() instanceof View.Confirm).isPresent();
  }

  /** The trail of a page that shows this step: a way that came back to a step is forgotten. */
  List<StoredPage.Ancestor> trailTo(String step) {
    return trail.stream().takeWhile(ancestor -> !ancestor.step().equals(step)).toList();
  }

  /** What was chosen, as it was offered: handle, value and label. */
  List<String> choices() {
    return page.stream()
        .flatMap(p -> p.snapshot().offers().stream())
        .filter(offer -> chosen.contains(offer.handle()))
        .map(Place::words)
        .toList();
  }

  private static String words(Offer offer) {
    return offer.handle() + " " + offer.value() + " " + offer.label();
  }
}

package org.hitc.listener.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Arrangement;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Key;
import org.hitc.session.store.Kind;
import org.hitc.session.store.Store;
import org.hitc.session.store.testing.FreshStore;
import org.hitc.workflow.engine.Answer;
import org.hitc.workflow.engine.Known;
import org.hitc.workflow.engine.Offer;
import org.hitc.workflow.engine.Snapshot;
import org.hitc.workflow.engine.View;
import org.hitc.workflow.engine.Words;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page belongs to a visit and a visit to a user. */
class VisitsTest {
  @TempDir private Path folder;
  private Store store;
  private Visits visits;
  private PageAddress address;

  @BeforeEach
  void open() {
    store = FreshStore.open(folder.resolve("store.db"));
    visits =
        new Visits(
            store,
            new SecureRandom(),
            Duration.ofHours(1),
            new KeepingQuota(InstantSource.system()));
    address = new PageAddress("budget_12", visits.freshId(), visits.freshId());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void what_was_kept_is_found_again_by_its_user_after_a_restart() {
    StoredPage page = page("Which budget?");
    assertThat(visits.keep("anna", address, true, page, List.of())).isTrue();
    close();
    open2();
    assertThat(visits.find("anna", address)).isEqualTo(new Visits.Found.Page(page));
  }

  @Test
  void somebody_else_gets_nothing_of_it() {
    visits.keep("anna", address, true, page("Which budget?"), List.of());
    assertThat(visits.find("bert", address))
        .isInstanceOfSatisfying(
            Visits.Found.Refused.class, r -> assertThat(r.why()).isEqualTo(Refusal.SESS_MISMATCH));
  }

  @Test
  void another_workflow_another_page_and_another_visit_are_not_it() {
    visits.keep("anna", address, true, page("Which budget?"), List.of());
    for (PageAddress other :
        List.of(
            new PageAddress("b12", address.visit(), address.page()),
            new PageAddress("budget_12", address.visit(), visits.freshId()),
            new PageAddress("budget_12", visits.freshId(), address.page()))) {
      assertThat(visits.find("anna", other))
          .isInstanceOfSatisfying(
              Visits.Found.Refused.class, r -> assertThat(r.why()).isEqualTo(Refusal.WF_PAGE));
    }
  }

  @Test
  void a_page_that_another_version_kept_is_refused_and_not_half_read() {
    visits.keep("anna", address, true, page("Which budget?"), List.of());
    Key key = new Key(Kind.PAGE, address.visit() + "." + address.page());
    Entry entry = store.read(key).orElseThrow();
    store.write(Change.replace(entry, entry.expires(), new byte[] {1, 2, 3}));
    assertThat(visits.find("anna", address))
        .isInstanceOfSatisfying(
            Visits.Found.Refused.class, r -> assertThat(r.why()).isEqualTo(Refusal.WF_CONFIG));
  }

  @Test
  void a_page_that_is_too_large_is_refused_whole() {
    assertThat(visits.keep("anna", address, true, page("x".repeat(5 << 20)), List.of())).isFalse();
    assertThat(visits.find("anna", address)).isInstanceOf(Visits.Found.Refused.class);
  }

  @Test
  void a_page_whose_id_tells_what_stands_on_it_is_kept_once() {
    visits.keep("anna", address, true, page("Which budget?"), List.of());
    PageAddress twice = new PageAddress("budget_12", address.visit(), visits.freshId());
    StoredPage first = page("first");
    assertThat(visits.keepOnce("anna", twice, first)).isTrue();
    assertThat(visits.keepOnce("anna", twice, page("second"))).isTrue();
    assertThat(visits.find("anna", twice)).isEqualTo(new Visits.Found.Page(first));
    PageAddress large = new PageAddress("budget_12", address.visit(), visits.freshId());
    assertThat(visits.keepOnce("anna", large, page("x".repeat(5 << 20)))).isFalse();
  }

  @Test
  void a_page_beside_another_one_is_limited_and_counted_as_any_other() {
    assertThat(visits.aside("anna", address, page("x".repeat(5 << 20)))).isEmpty();
    int kept = 0;
    while (visits.hasRoom("anna")) {
      assertThat(visits.aside("anna", address, page("x".repeat(1 << 18)))).isPresent();
      kept++;
    }
    assertThat(kept).isLessThan(600);
    assertThat(visits.hasRoom("bert")).isTrue();
  }

  private void open2() {
    store = FreshStore.open(folder.resolve("store.db"));
    visits =
        new Visits(
            store,
            new SecureRandom(),
            Duration.ofHours(1),
            new KeepingQuota(InstantSource.system()));
  }

  private static StoredPage page(String title) {
    Words words = new Words("ask.title", title, Map.of("account", "204110"));
    return new StoredPage(
        "a".repeat(32),
        Instant.parse("2026-11-23T14:03:00Z"),
        Optional.of("7K3P-2M"),
        List.of(new StoredPage.Ancestor("b".repeat(32), "ask", words, Arrangement.PLAIN)),
        new Snapshot(
            "c".repeat(64),
            "ask",
            new Known(
                List.of(
                    new Known.Passed(
                        "ask",
                        List.of(),
                        Map.of("period", Answer.of("2026-06", "2026-06 (open)")),
                        Map.of(),
                        Map.of(),
                        Optional.empty())),
                List.of()),
            List.of(
                new Offer(
                    "d".repeat(32), Optional.of("period"), "2026-06", "2026-06 (open)", Map.of())),
            new View.Done(words, Optional.empty(), List.of(), Optional.empty())));
  }
}

package org.hitc.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Key;
import org.hitc.session.store.Kind;
import org.hitc.session.store.Store;
import org.hitc.session.store.testing.FreshStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The register of sessions")
@SuppressWarnings("NullAway.Init") // JUnit calls open before each test
class SessionRegistryTest {
  /** A row as version 1 of its form was written: anna, by password, 30 minutes idle. */
  private static final String FORM_1 =
      "01000870617373776f726400057374616d700000000069a3f2000000000069a4"
          + "7ea000000000000007080000019ca869500000000000000000000000019ca869"
          + "50000000000000000000";

  @TempDir Path folder;

  private final MutableClock clock = new MutableClock("2026-03-01T08:00:00Z");
  private Store store;
  private SessionRegistry registry;

  @BeforeEach
  void open() {
    store = FreshStore.open(folder.resolve("store.db"));
    registry = new SessionRegistry(store, clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private String begin(String user) {
    return begin(user, 0);
  }

  private String begin(String user, long epoch) {
    String id = "%032x".formatted(System.identityHashCode(new Object()) + clock.millis());
    Instant now = clock.instant();
    SessionRow row =
        SessionRow.begin(
            new SessionRow.Origin("password", "stamp", "192.0.2.7", epoch, now, Optional.empty()),
            now.plus(Duration.ofHours(10)),
            Duration.ofMinutes(30));
    put(id, user, row.encode());
    return id;
  }

  private void put(String id, String user, byte[] row) {
    Instant expires = clock.instant().plus(Duration.ofHours(2));
    assertThat(store.write(Change.create(new Key(Kind.SESSION, id), user, expires, row))).isTrue();
  }

  private static Change note(String id) {
    return Change.create(new Key(Kind.NOTICE, id), "*", Entry.NEVER, new byte[] {1});
  }

  private boolean noted(String id) {
    return store.read(new Key(Kind.NOTICE, id)).isPresent();
  }

  @Test
  void lists_a_users_live_sessions_the_last_active_first_with_where_they_began() {
    String first = begin("anna");
    clock.advance(Duration.ofMinutes(1));
    String second = begin("anna");
    begin("ben");

    assertThat(registry.of("anna")).extracting(Session::id).containsExactly(second, first);
    assertThat(registry.of("anna")).allSatisfy(s -> assertThat(s.source()).isEqualTo("192.0.2.7"));
    assertThat(registry.of("anna").getLast().left()).isEqualTo(Duration.ofMinutes(29));
    clock.advance(Duration.ofMinutes(29).plusSeconds(29));
    assertThat(registry.of("anna")).as("it may still be used").hasSize(2);
    clock.advance(Duration.ofSeconds(1));
    assertThat(registry.of("anna")).extracting(Session::id).containsExactly(second);
  }

  @Test
  void finds_the_last_active_of_everybodys_and_counts_the_others() {
    for (int i = 0; i < 5; i++) {
      clock.advance(Duration.ofSeconds(1));
      begin("user" + i);
    }

    SessionRegistry.Found found = registry.find(_ -> true, 2);

    assertThat(found.all()).isEqualTo(5);
    assertThat(found.sessions()).extracting(Session::user).containsExactly("user4", "user3");
    assertThat(registry.find(s -> s.user().equals("user0"), 2).all()).isEqualTo(1);
  }

  @Test
  void ends_one_session_together_with_other_changes_and_only_once() {
    String anna = begin("anna");
    String other = begin("ben");

    assertThat(registry.end(anna, Ending.ADMINISTRATOR, List.of(note("n1")))).isPresent();
    assertThat(registry.end(anna, Ending.ADMINISTRATOR, List.of(note("n2")))).isEmpty();
    assertThat(registry.end("0".repeat(32), Ending.ADMINISTRATOR, List.of(note("n3")))).isEmpty();

    assertThat(registry.of("anna")).isEmpty();
    assertThat(registry.of("ben")).extracting(Session::id).containsExactly(other);
    assertThat(noted("n1")).isTrue();
    assertThat(noted("n2") || noted("n3")).isFalse();
  }

  @Test
  void ends_all_of_a_user_and_everybodys_and_not_what_begins_afterwards() {
    begin("anna");
    String ben = begin("ben");

    registry.endAllOf("anna", List.of(note("n1")));
    assertThat(registry.of("anna")).isEmpty();
    assertThat(registry.of("ben")).hasSize(1);
    registry.endAll(List.of(note("n2")));
    assertThat(registry.of("ben")).isEmpty();
    assertThat(registry.end(ben, Ending.ADMINISTRATOR, List.of())).isEmpty();
    assertThat(noted("n1") && noted("n2")).isTrue();

    String again = begin("anna", 2);
    assertThat(registry.find(_ -> true, 9).sessions())
        .extracting(Session::id)
        .containsExactly(again);
  }

  @Test
  void reads_the_rows_of_the_version_before() {
    byte[] old = HexFormat.of().parseHex(FORM_1);
    SessionRow row = SessionRow.decode(old);
    put("f".repeat(32), "anna", old);

    assertThat(row.method()).isEqualTo("password");
    assertThat(row.authenticatedAt()).isEqualTo(Instant.parse("2026-03-01T08:00:00Z"));
    assertThat(row.source()).isEmpty();
    assertThat(registry.of("anna")).hasSize(1);
    assertThat(registry.end("f".repeat(32), Ending.ADMINISTRATOR, List.of())).isPresent();
    assertThat(registry.of("anna")).isEmpty();
  }

  @Test
  void keeps_every_part_of_a_row_and_takes_nothing_behind_it() {
    SessionRow row =
        SessionRow.begin(
                new SessionRow.Origin(
                    "password", "stamp", "2001:db8::1", 3, clock.instant(), Optional.of("grant")),
                clock.instant().plusSeconds(99),
                Duration.ofMinutes(5))
            .withSuccessor()
            .keeping(new org.hitc.channel.PageAddress("mail", "1a", "2b"))
            .orElseThrow();
    SessionRow ended = row.ended(new SessionRow.Over(Ending.IDLE, clock.instant()));

    assertThat(SessionRow.decode(row.encode())).isEqualTo(row);
    assertThat(SessionRow.decode(ended.encode())).isEqualTo(ended);
    byte[] longer = java.util.Arrays.copyOf(row.encode(), row.encode().length + 1);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> SessionRow.decode(longer))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shows_no_grant_and_forgets_it_with_the_end_of_the_session() {
    String id = "e".repeat(32);
    SessionRow row =
        SessionRow.begin(
            new SessionRow.Origin(
                "password", "stamp", "", 0, clock.instant(), Optional.of("the-grant")),
            clock.instant().plus(Duration.ofHours(10)),
            Duration.ofMinutes(30));
    put(id, "anna", row.encode());

    Session ended = registry.end(id, Ending.SIGNED_OUT, List.of()).orElseThrow();
    assertThat(ended.grant()).contains("the-grant");
    assertThat(ended.toString() + row).doesNotContain("the-grant");
    byte[] left = store.read(new Key(Kind.SESSION, id)).orElseThrow().body();
    assertThat(new String(left, ISO_8859_1)).doesNotContain("the-grant");
  }

  @Test
  void reads_rows_from_before_there_were_grants() {
    SessionRow row =
        SessionRow.begin(
            new SessionRow.Origin(
                "password", "stamp", "192.0.2.7", 3, clock.instant(), Optional.empty()),
            clock.instant().plusSeconds(99),
            Duration.ofMinutes(5));
    byte[] now = row.encode();
    // That form ended with the pages on which something is kept.
    byte[] before = java.util.Arrays.copyOf(now, now.length - 1);
    before[0] = 2;
    assertThat(SessionRow.decode(before)).isEqualTo(row);
  }

  @Test
  void knows_when_an_epoch_began_and_reads_those_that_do_not_say() {
    registry.endAllOf("anna", List.of());
    var found = store.read(Epochs.keys("anna"));
    assertThat(Epochs.begin(found, "anna")).contains(clock.instant());

    Key old = Epochs.keyOf("ben");
    byte[] number = {0, 0, 0, 0, 0, 0, 0, 7};
    assertThat(store.write(Change.create(old, "", Entry.NEVER, number))).isTrue();
    assertThat(Epochs.of(store.read(Epochs.keys("ben")), "ben")).isEqualTo(7);
    assertThat(Epochs.begin(store.read(Epochs.keys("ben")), "ben")).isEqualTo(Optional.empty());
  }
}

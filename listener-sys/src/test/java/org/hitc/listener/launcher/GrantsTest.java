package org.hitc.listener.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A grant")
final class GrantsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Grants grants = new Grants(() -> now);

  @Test
  void names_its_user_until_it_ends() {
    String grant = grants.give("anna", HOUR);
    assertThat(grants.user(grant)).contains("anna");
    now = now.plus(HOUR).minusSeconds(1);
    assertThat(grants.user(grant)).contains("anna");
    now = now.plusSeconds(1);
    assertThat(grants.user(grant)).isEmpty();
  }

  @Test
  void cannot_be_changed_in_any_character() {
    String grant = grants.give("anna", HOUR);
    for (int i = 0; i < grant.length(); i++) {
      char other = grant.charAt(i) == 'b' ? 'c' : 'b';
      assertThat(grants.user(grant.substring(0, i) + other + grant.substring(i + 1))).isEmpty();
    }
    assertThat(grants.user(grant + "=")).isEmpty();
    assertThat(grants.user("")).isEmpty();
  }

  @Test
  void of_another_launcher_is_none() {
    assertThat(grants.user(new Grants(() -> now).give("anna", HOUR))).isEmpty();
    assertThat(grants.revoke(new Grants(() -> now).give("anna", HOUR))).isFalse();
  }

  @Test
  void is_not_good_before_it_was_given() {
    String grant = grants.give("anna", HOUR);
    now = now.minusSeconds(1);
    assertThat(grants.user(grant)).isEmpty();
  }

  @Test
  void ends_when_it_is_revoked_and_no_other_does() {
    String first = grants.give("anna", HOUR);
    String second = grants.give("anna", HOUR);
    assertThat(grants.revoke(first)).isTrue();
    assertThat(grants.user(first)).isEmpty();
    assertThat(grants.user(second)).contains("anna");
  }

  @Test
  void ends_with_all_of_its_user_given_until_then() {
    String before = grants.give("anna", HOUR);
    String other = grants.give("bert", HOUR);
    grants.revokeUser("anna");
    String after = grants.give("anna", HOUR);
    assertThat(grants.user(before)).isEmpty();
    assertThat(grants.user(other)).contains("bert");
    assertThat(grants.user(after)).contains("anna");
  }

  @Test
  void ends_with_all_that_were_given_until_then() {
    String before = grants.give("anna", HOUR);
    grants.revokeAll();
    assertThat(grants.user(before)).isEmpty();
    assertThat(grants.user(grants.give("anna", HOUR))).contains("anna");
  }

  @Test
  void ends_rather_than_that_a_revocation_is_forgotten() {
    String revoked = grants.give("anna", HOUR);
    String held = grants.give("anna", HOUR);
    grants.revoke(revoked);
    for (int i = 0; i < Grants.MAX_REVOKED; i++) {
      grants.revokeUser("u" + i);
    }
    assertThat(grants.user(revoked)).isEmpty();
    assertThat(grants.user(held)).isEmpty();
  }
}

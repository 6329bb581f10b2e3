package org.hitc.session.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The text of claims")
class ClaimsJsonTest {
  /** Frozen: tokens in browsers outlive an upgrade. */
  private static final String FROZEN =
      "{\"iid\":\"test\",\"typ\":\"session\",\"sid\":\"0123456789abcdef0123456789abcdef\","
          + "\"sub\":\"anna\",\"auth\":\"2026-03-01T08:00:00Z\",\"amr\":\"password\","
          + "\"iat\":\"2026-03-01T08:05:00Z\",\"exp\":\"2026-03-01T08:40:00Z\","
          + "\"abs\":\"2026-03-01T18:00:00Z\",\"seq\":3,\"ep\":1}";

  @Test
  void is_this_one() {
    assertThat(new String(ClaimsJson.write(claims("anna")), UTF_8)).isEqualTo(FROZEN);
    assertThat(ClaimsJson.read(FROZEN.getBytes(UTF_8))).hasValue(claims("anna"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "a\\b", "\\\"", "ä", "名前", "a/b", "😀", "<script>", "a\u2028b"})
  void carries_any_name_through(String name) {
    assertThat(ClaimsJson.read(ClaimsJson.write(claims(name)))).hasValue(claims(name));
  }

  @Test
  void is_longer_than_allowed_for_no_claims_that_can_be() {
    assertThat(ClaimsJson.write(claims("\"".repeat(Claims.MAX_SUBJECT))).length)
        .isLessThan(ClaimsJson.MAX_BYTES);
    assertThat(ClaimsJson.write(claims("名".repeat(Claims.MAX_SUBJECT))).length)
        .isLessThan(ClaimsJson.MAX_BYTES);
  }

  @Test
  void has_every_member_once_and_in_its_place() {
    List<String> members = List.of(FROZEN.substring(1, FROZEN.length() - 1).split(",", -1));
    for (int i = 0; i < members.size(); i++) {
      List<String> missing = new ArrayList<>(members);
      missing.remove(i);
      assertNotClaims(missing);
      List<String> doubled = new ArrayList<>(members);
      doubled.add(i, members.get(i));
      assertNotClaims(doubled);
      List<String> unknown = new ArrayList<>(members);
      unknown.add(i, "\"alg\":\"none\"");
      assertNotClaims(unknown);
      if (i > 0) {
        List<String> moved = new ArrayList<>(members);
        moved.add(i - 1, moved.remove(i));
        assertNotClaims(moved);
      }
    }
    assertNotClaims(append(members, "\"roles\":\"admin\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"seq\":03",
        "\"seq\":-3",
        "\"seq\":3.0",
        "\"seq\":3e0",
        "\"seq\":\"3\"",
        "\"seq\": 3",
        "\"seq\":",
        "\"seq\":99999999999999999999",
        "\"seq\":null"
      })
  void writes_numbers_one_way(String other) {
    assertNotClaims(FROZEN.replace("\"seq\":3", other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01T08:05:00.000Z",
        "2026-03-01T08:05:00.5Z",
        "2026-03-01T08:05Z",
        "2026-03-01T09:05:00+01:00",
        "2026-02-30T08:05:00Z",
        "1772352300",
        "+10000-01-01T00:00:00Z",
        ""
      })
  void writes_times_one_way(String other) {
    assertNotClaims(FROZEN.replace("2026-03-01T08:05:00Z", other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0061nna", "an\\na", "anna\\", "\\anna", "an\"na", "", "an\nna"})
  void writes_names_one_way(String other) {
    assertNotClaims(FROZEN.replace("anna", other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"login-pending", "Session", ""})
  void is_of_one_type(String other) {
    assertNotClaims(FROZEN.replace("\"session\"", "\"" + other + "\""));
  }

  @Test
  void has_nothing_around_it_and_no_end_before_its_end() {
    for (String other :
        List.of(
            FROZEN + " ", " " + FROZEN, FROZEN + "\n", "\ufeff" + FROZEN, FROZEN + FROZEN, "")) {
      assertNotClaims(other);
    }
    for (int length = 0; length < FROZEN.length(); length++) {
      assertNotClaims(FROZEN.substring(0, length));
    }
  }

  @Test
  void is_well_formed_utf_8() {
    byte[] bytes = FROZEN.getBytes(UTF_8);
    bytes[FROZEN.indexOf("anna")] = (byte) 0xc3;
    assertThat(ClaimsJson.read(bytes)).isEmpty();
  }

  @Test
  void says_nothing_that_contradicts_itself() {
    Instant t = Instant.parse("2026-03-01T08:00:00Z");
    assertThatThrownBy(() -> claims(t, t.minusSeconds(1), t.plusSeconds(9), t.plusSeconds(9)))
        .hasMessageContaining("issued before authentication");
    assertThatThrownBy(() -> claims(t, t, t, t.plusSeconds(9)))
        .hasMessageContaining("expires before");
    assertThatThrownBy(() -> claims(t, t, t.plusSeconds(10), t.plusSeconds(9)))
        .hasMessageContaining("after the absolute end");
    for (String name : List.of("", "a\nb", "a\u0000", "\ud800", "x".repeat(65))) {
      assertThatThrownBy(() -> claims(name)).as(name).hasMessageContaining("subject");
    }
  }

  private static List<String> append(List<String> members, String one) {
    List<String> more = new ArrayList<>(members);
    more.add(one);
    return more;
  }

  private static void assertNotClaims(List<String> members) {
    assertNotClaims("{" + String.join(",", members) + "}");
  }

  private static void assertNotClaims(String text) {
    assertThat(text).isNotEqualTo(FROZEN);
    assertThat(ClaimsJson.read(text.getBytes(UTF_8))).as(text).isEmpty();
  }

  private static Claims claims(String name) {
    return new Claims(
        "test",
        "0123456789abcdef0123456789abcdef",
        name,
        Instant.parse("2026-03-01T08:00:00Z"),
        "password",
        Instant.parse("2026-03-01T08:05:00Z"),
        Instant.parse("2026-03-01T08:40:00Z"),
        Instant.parse("2026-03-01T18:00:00Z"),
        3,
        1);
  }

  private static Claims claims(Instant auth, Instant issued, Instant expires, Instant end) {
    return new Claims("test", "0".repeat(32), "anna", auth, "password", issued, expires, end, 0, 0);
  }
}

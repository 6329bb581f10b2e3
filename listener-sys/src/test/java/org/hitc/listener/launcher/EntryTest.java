package org.hitc.listener.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An entry of the policy")
final class EntryTest {
  private static final Entry SET =
      Some.entry(
          List.of(
              new Argument.Literal("--set"),
              new Argument.Text(1, 5, Optional.empty(), false),
              new Argument.Whole(new Yaml.Range(1, 12)),
              new Argument.Choice(List.of("a", "b"))));

  @Test
  void takes_arguments_of_its_template() {
    assertThat(objection("--set", "hällo", "12", "b")).isEmpty();
  }

  @Test
  @DisplayName("131: takes neither more nor fewer arguments, nor none")
  void counts() {
    assertThat(objection()).isPresent();
    assertThat(objection("--set", "x", "1")).isPresent();
    assertThat(objection("--set", "x", "1", "a", "")).isPresent();
  }

  @ParameterizedTest(name = "text {0}")
  @ValueSource(strings = {"", "sixsix", "-x", "a\nb", "a\0b", "\u202ea", "a\ud800", "\u2028"})
  void takes_no_other_text(String text) {
    assertThat(objection("--set", text, "1", "a")).isPresent();
  }

  @ParameterizedTest(name = "number {0}")
  @ValueSource(
      strings = {"0", "13", "01", "+1", " 1", "1 ", "1.0", "-1", "", "١", "99999999999999999999"})
  void takes_no_other_number(String number) {
    assertThat(objection("--set", "x", number, "a")).isPresent();
  }

  @Test
  void takes_no_other_word_or_choice() {
    assertThat(objection("--get", "x", "1", "a")).isPresent();
    assertThat(objection("--set", "x", "1", "c")).isPresent();
  }

  @Test
  void knows_the_characters_of_a_set() {
    Characters set = Characters.of("a-c.@-").orElseThrow();
    assertThat("abc.@-".chars().allMatch(set::contains)).isTrue();
    assertThat("dB,:\n".chars().noneMatch(set::contains)).isTrue();
    assertThat(Stream.of("", "c-a", "\n", "\0-z", " -\u00ff").map(Characters::of))
        .allMatch(Optional::isEmpty);
  }

  @Test
  @DisplayName("130: runs as nobody it does not name")
  void names_its_accounts() {
    assertThat(SET.accountObjection("")).isEmpty();
    assertThat(SET.accountObjection("clerk")).isEmpty();
    assertThat(SET.accountObjection("bert")).isPresent();
    assertThat(SET.accountObjection("user")).isPresent();
  }

  @Test
  void is_asked_before_a_run_with_what_is_known_then() {
    Policy policy = Some.policy();
    assertThat(policy.objection("budget", "", List.of())).isEmpty();
    assertThat(policy.objection("other", "", List.of())).isPresent();
    List<Optional<String>> later =
        List.of(Optional.of("--set"), Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(SET.objection("", later)).isEmpty();
    assertThat(SET.objection("", later.subList(0, 3))).isPresent();
  }

  @Test
  void is_for_some_users() {
    Optional<Account> anna = Optional.of(Some.anna());
    assertThat(new Entry.Audience.Names(Set.of("anna")).contains("anna", Optional.empty()))
        .isTrue();
    assertThat(new Entry.Audience.Names(Set.of("anna")).contains("bert", anna)).isFalse();
    assertThat(new Entry.Audience.Groups(Set.of("anna")).contains("x", anna)).isTrue();
    assertThat(new Entry.Audience.Groups(Set.of("x")).contains("x", anna)).isFalse();
    assertThat(new Entry.Audience.Groups(Set.of("x")).contains("x", Optional.empty())).isFalse();
    assertThat(new Entry.Audience.Uids(new Yaml.Range(1, 4_001)).contains("x", anna)).isTrue();
    assertThat(new Entry.Audience.Uids(new Yaml.Range(1, 4_000)).contains("x", anna)).isFalse();
  }

  @Test
  void says_to_the_auditor_what_it_allows() {
    assertThat(SET.describe())
        .isEqualTo(
            "budget  /opt/hitc/budget  as clerk user  for all  with --set <text 1..5> <number 1-12>"
                + " <a|b>");
  }

  private static Optional<String> objection(String... args) {
    return SET.objection("", Stream.of(args).map(Optional::of).toList());
  }
}

package org.hitc.listener.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.hitc.listener.launcher.Entry.Allowance;
import org.hitc.listener.launcher.os.AccountCalls.Shadow;
import org.hitc.listener.launcher.protocol.RunRefusal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An account")
final class AccountTest {

  @Test
  void of_an_ordinary_user_is_let_through() {
    assertThat(why(Some.anna())).isEmpty();
  }

  @ParameterizedTest(name = "122: {0}")
  @ValueSource(
      strings = {
        "0",
        "00",
        "+0",
        " 0",
        "-1",
        "4294967295",
        "4294967296",
        "65534",
        "-2",
        "",
        "Anna"
      })
  void has_a_name_that_is_no_number(String name) {
    assertThat(Accounts.isName(name)).isFalse();
  }

  @ParameterizedTest(name = "122, 124: uid {0}")
  @ValueSource(
      longs = {
        0,
        1,
        999,
        60_000,
        65_534,
        65_535,
        0xffff_ffffL,
        0xffff_fffeL,
        0x8000_0000L,
        991,
        992,
        2_000
      })
  void has_a_uid_of_ordinary_users_and_none_of_the_product(long uid) {
    assertThat(why(Some.account(uid, 4_001))).contains(RunRefusal.USER);
  }

  @ParameterizedTest(name = "127: primary group {0}")
  @ValueSource(longs = {0, 100, 999, 65_534, 65_535, 0xffff_ffffL})
  void has_a_primary_group_of_ordinary_users(long gid) {
    assertThat(why(Some.account(4_001, gid))).contains(RunRefusal.GROUP);
  }

  @ParameterizedTest(name = "127: member of {0}")
  @ValueSource(
      strings = {
        "root",
        "sudo",
        "wheel",
        "adm",
        "docker",
        "lxd",
        "disk",
        "shadow",
        "kvm",
        "libvirt",
        "systemd-journal"
      })
  void is_in_no_group_that_means_more(String group) {
    Account account = Some.account(4_001, 4_001, Set.of(4_001, 5_000), Set.of("anna", group));
    assertThat(why(account)).contains(RunRefusal.GROUP);
  }

  @ParameterizedTest(name = "127: group {0} by number")
  @ValueSource(ints = {0, -1, 27, 991})
  void is_in_no_such_group_by_another_name(int gid) {
    Account account = Some.account(4_001, 4_001, Set.of(4_001, gid), Set.of("anna"));
    assertThat(why(account)).contains(RunRefusal.GROUP);
  }

  @ParameterizedTest(name = "125: {0}")
  @CsvSource({
    "LOCKED, true, false, true, /bin/sh",
    "EXPIRED, false, true, true, /bin/sh",
    "NO_HOME, false, false, false, /bin/sh",
    "NOLOGIN, false, false, true, /usr/sbin/nologin",
    "NOLOGIN, false, false, true, /bin/false"
  })
  void is_in_use_unless_the_policy_lets_it_through(
      Allowance allowance, boolean locked, boolean expired, boolean home, String shell) {
    Account account =
        new Account(
            "anna", 4_001, 4_001, Set.of(4_001), Set.of(), "/h", home, shell, locked, expired);
    assertThat(why(account)).contains(RunRefusal.USER);
    assertThat(account.objection(Some.policy(), Set.of(allowance))).isEmpty();
  }

  @Test
  @DisplayName("125: ends on its last day, or when its password has not been changed for too long")
  void ends() {
    assertThat(Accounts.isOver(new Shadow("x", 100, 99_999, -1, -1), 20_000)).isFalse();
    assertThat(Accounts.isOver(new Shadow("x", 100, 99_999, -1, 20_000), 19_999)).isFalse();
    assertThat(Accounts.isOver(new Shadow("x", 100, 99_999, -1, 20_000), 20_000)).isTrue();
    assertThat(Accounts.isOver(new Shadow("x", 100, 30, 7, -1), 137)).isFalse();
    assertThat(Accounts.isOver(new Shadow("x", 100, 30, 7, -1), 138)).isTrue();
  }

  private static Optional<RunRefusal> why(Account account) {
    return account.objection(Some.policy(), Set.of()).map(e -> e.answer().why());
  }
}

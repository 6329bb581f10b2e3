package org.hitc.listener.launcher;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("147: The launcher's slots")
final class SlotsTest {
  private final Slots slots = new Slots();
  private final Entry entry = Some.entry(List.of());

  @Test
  void let_as_many_of_an_entry_run_as_it_says() throws Exception {
    slots.take(entry, 4_001);
    slots.take(entry, 4_002);
    assertThatThrownBy(() -> slots.take(entry, 4_003)).hasMessageContaining("E-BUSY");
    slots.give(entry, 4_001);
    slots.take(entry, 4_003);
  }

  @Test
  void let_four_of_an_account_run() throws Exception {
    for (int i = 0; i < Slots.OF_ACCOUNT; i++) {
      slots.take(named("e" + i), 4_001);
    }
    assertThatThrownBy(() -> slots.take(entry, 4_001)).hasMessageContaining("E-BUSY");
    slots.take(entry, 4_002);
  }

  private Entry named(String name) {
    return new Entry(
        name,
        entry.program(),
        entry.sha256(),
        true,
        entry.accounts(),
        entry.users(),
        entry.args(),
        entry.encoding(),
        entry.environment(),
        entry.folder(),
        entry.allow(),
        entry.limits(),
        2);
  }
}

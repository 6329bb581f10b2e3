package org.hitc.listener.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("hitc store settle")
final class StoreCommandWordsTest {
  @Test
  void says_which_nodes_have_running_jobs_when_this_one_has_none() {
    assertThat(StoreCommand.Settle.words(0, new TreeSet<>(Set.of("west", "east"))))
        .isEqualTo("0 jobs are settled; nodes that have running jobs: east, west.");
    assertThat(StoreCommand.Settle.words(0, Set.of()))
        .isEqualTo("0 jobs are settled; no node has running jobs.");
    assertThat(StoreCommand.Settle.words(1, Set.of("east"))).isEqualTo("1 job is settled.");
    assertThat(StoreCommand.Settle.words(2, Set.of("east"))).isEqualTo("2 jobs are settled.");
  }
}

package org.hitc.listener.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.hitc.session.store.Store;
import org.hitc.session.store.testing.FreshStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The name of a node")
final class NodeNamesTest {
  @TempDir private Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = FreshStore.open(folder.resolve("store.db"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private NodeNames of(String state) throws IOException {
    Path made = Files.createDirectories(folder.resolve(state));
    return NodeNames.open(store, made, new SecureRandom());
  }

  @Test
  void belongs_to_the_state_folder_that_took_it_first_at_every_start() throws IOException {
    assertThat(of("one").take("east")).isTrue();
    assertThat(of("two").take("east")).isFalse();
    assertThat(of("one").take("east")).isTrue();
    assertThat(of("two").has("east")).isFalse();
    assertThat(of("two").all()).isEmpty();
  }

  @Test
  void stays_when_its_node_is_renamed_until_it_is_released() throws IOException {
    of("one").take("east");
    of("one").take("west");
    assertThat(of("one").all()).containsExactly("east", "west");
    NodeNames.release(store, "east");
    assertThat(of("one").all()).containsExactly("west");
    assertThat(of("two").take("east")).isTrue();
  }

  @Test
  void needs_an_id_that_nobody_has_damaged() throws IOException {
    of("one");
    Path id = folder.resolve("one/node.id");
    assertThat(Files.getAttribute(id, "unix:mode")).isEqualTo(0100600);
    Files.writeString(id, "x");
    assertThatThrownBy(() -> of("one")).hasMessageContaining("is not the id of a node");
  }
}

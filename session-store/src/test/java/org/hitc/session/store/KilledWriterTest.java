package org.hitc.session.store;

import java.nio.file.Path;
import java.util.List;
import org.hitc.session.store.testing.FreshStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

/** Four processes at a time write the same file, and die one after the other: 100 deaths. */
@DisplayName("The embedded store, when its writers are killed with SIGKILL,")
class KilledWriterTest extends KilledWriterContract {
  @TempDir Path folder;

  KilledWriterTest() {
    super(25, 4);
  }

  @BeforeEach
  void make() {
    open().close();
  }

  @Override
  Store open() {
    return FreshStore.open(folder.resolve("store.db"));
  }

  @Override
  List<String> place() {
    return List.of(folder.resolve("store.db").toString());
  }
}

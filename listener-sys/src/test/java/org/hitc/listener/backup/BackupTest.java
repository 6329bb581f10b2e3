package org.hitc.listener.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.hitc.channel.PageAddress;
import org.hitc.channel.codec.RecordCodec;
import org.hitc.listener.config.ListenerConfig;
import org.hitc.listener.config.Stores;
import org.hitc.listener.config.Users;
import org.hitc.listener.job.JobRecord;
import org.hitc.listener.launcher.SafePath;
import org.hitc.session.signin.NewUser;
import org.hitc.session.signin.PasswordFile;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Key;
import org.hitc.session.store.Kind;
import org.hitc.session.store.Store;
import org.hitc.session.store.testing.FreshStore;
import org.hitc.workflow.engine.Changed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A backup")
class BackupTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));
  private static final Key ENDED = new Key(Kind.JOB, "7K3P-2M");
  private static final Key RUNNING = new Key(Kind.JOB, "8QF1-9C");
  private static final Key OVER = new Key(Kind.JOB, "1111-11");
  private static final Key SESSION = new Key(Kind.SESSION, "0123456789abcdef");

  @TempDir Path folder;
  private Site lost;
  private Site fresh;

  /** An installation: its files in a folder of its own. */
  private record Site(ListenerConfig config, Path configFile) {
    static Site make(Path folder, String instance) throws Exception {
      Files.createDirectories(folder.resolve("state"));
      Files.createDirectories(folder.resolve("workflows/budget_12"));
      Files.createDirectories(folder.resolve("chroot/messages"));
      Files.writeString(folder.resolve("chroot/messages/languages"), "en sv\n");
      Files.writeString(folder.resolve("programs.yaml"), "programs: {}\n");
      Files.writeString(folder.resolve("workflows/budget_12.yaml"), "workflow: budget_12\n");
      Files.writeString(folder.resolve("workflows/.budget_12.yaml.swp"), "an editor's");
      Path file = folder.resolve("listener.yaml");
      Files.writeString(
          file,
          """
          instance: INSTANCE
          root: FOLDER/chroot
          web_side: 0
          sys_side: 0
          group: 0
          state: FOLDER/state
          programs: FOLDER/programs.yaml
          workflows: FOLDER/workflows
          users: FOLDER/state/users
          try_out: true
          """
              .replace("INSTANCE", instance)
              .replace("FOLDER", folder.toString()));
      FreshStore.open(folder.resolve("state/store.db")).close();
      Users users = new Users();
      return new Site(ListenerConfig.load(file, SafePath.ownedByRootOr(users.self()), users), file);
    }

    Path state(String name) {
      return config.state().resolve(name);
    }

    byte[] backUp() throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (Store store = Stores.open(config)) {
        new Backup(config, configFile, store).write(out, NOW);
      }
      return out.toByteArray();
    }

    List<String> restore(byte[] backup) throws IOException {
      return restore(backup, NOW);
    }

    List<String> restore(byte[] backup, Instant now) throws IOException {
      Path file = configFile.resolveSibling("backup.zip");
      Files.write(file, backup);
      try (Store store = Stores.open(config);
          FileChannel from = FileChannel.open(file)) {
        return new Restore(config, store).read(from, now);
      }
    }

    /** The audit log of a backup of {@code NOW}. */
    Path log(String name) {
      return state("audit-restored-20261128T120000Z").resolve(name);
    }

    Optional<JobRecord> job(Key key) {
      try (Store store = Stores.open(config)) {
        return store.read(key).map(entry -> RecordCodec.decode(JobRecord.class, entry.body()));
      }
    }

    void put(Key key, Instant expires, byte[] body) {
      try (Store store = Stores.open(config)) {
        assertThat(store.write(Change.create(key, "anna", expires, body))).isTrue();
      }
    }

    void put(Key key, Instant expires, JobRecord job) {
      put(key, expires, RecordCodec.encode(job));
    }
  }

  private static JobRecord job(JobRecord.State state, boolean writes) {
    boolean ended = state != JobRecord.State.RUNNING;
    return new JobRecord(
        "budget_12",
        "budget",
        List.of("204110"),
        writes,
        NOW,
        ended ? Optional.of(NOW) : Optional.empty(),
        state,
        ended ? "exit 0" : "",
        Changed.NO,
        ended ? Optional.of(new PageAddress("budget_12", "v1", "p1")) : Optional.empty());
  }

  @BeforeEach
  void set_up() throws Exception {
    lost = Site.make(folder.resolve("lost"), "fis");
    fresh = Site.make(folder.resolve("fresh"), "fis");
    Files.writeString(lost.state("users"), "anna:...\n");
    Files.writeString(lost.state("digest.key"), "k".repeat(32));
    Files.writeString(lost.state("audit.log"), "{\"n\":1}\n{\"n\":2}\n{\"n\":3,\"ev");
    Files.writeString(lost.state("audit.log.000000000001"), "{\"n\":1}\n");
    Files.writeString(lost.state("audit.checkpoints"), "{}\n");
    for (Site site : List.of(lost, fresh)) {
      Files.createDirectories(site.state("keys/audit"));
    }
    Files.writeString(lost.state("keys/audit/0123456789abcdef.pub"), "public\n");
    Files.writeString(lost.state("keys/audit/sealing.key"), "PRIVATE\n");
    Files.writeString(lost.state("keys/signing.key"), "hitc-signing-key-1 PRIVATE\n");
    lost.put(ENDED, LATER, job(JobRecord.State.DONE, false));
    lost.put(RUNNING, Entry.NEVER, job(JobRecord.State.RUNNING, true));
    lost.put(OVER, NOW, job(JobRecord.State.DONE, false));
    lost.put(SESSION, LATER, "a session".getBytes(UTF_8));
    lost.put(new Key(Kind.VISIT, "v1"), LATER, "a visit".getBytes(UTF_8));
  }

  private static List<String> names(byte[] backup) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(backup))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        names.add(e.getName());
      }
    }
    return names;
  }

  @Test
  void brings_back_files_and_jobs_on_a_new_machine() throws IOException {
    fresh.restore(lost.backUp());

    assertThat(fresh.state("users")).hasContent("anna:...\n");
    assertThat(fresh.state("digest.key")).hasContent("k".repeat(32));
    assertThat(fresh.log("audit.log.000000000001")).hasContent("{\"n\":1}\n");
    assertThat(fresh.log("checkpoints")).hasContent("{}\n");
    assertThat(Files.getPosixFilePermissions(fresh.log("checkpoints")))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    assertThat(fresh.state("audit.log")).as("no listener goes on with it").doesNotExist();
    assertThat(fresh.state("audit.checkpoints")).doesNotExist();
    assertThat(fresh.state("keys/audit/0123456789abcdef.pub")).hasContent("public\n");
    assertThat(Files.getPosixFilePermissions(fresh.state("users")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    JobRecord done = fresh.job(ENDED).orElseThrow();
    assertThat(done.state()).isEqualTo(JobRecord.State.DONE);
    assertThat(done.page()).as("its page is in no backup").isEmpty();
    assertThat(fresh.job(OVER)).isEmpty();
  }

  @Test
  void settles_a_job_that_was_running_as_not_known_when_it_may_have_changed_something()
      throws IOException {
    List<String> said = fresh.restore(lost.backUp());

    assertThat(fresh.job(RUNNING).orElseThrow().state()).isEqualTo(JobRecord.State.UNKNOWN);
    assertThat(said)
        .contains("put back: 2 records of jobs, 1 of which were running and are unknown now");
  }

  @Test
  void does_not_settle_a_job_that_no_session_can_ask_for_any_more() throws IOException {
    Instant later = NOW.plus(fresh.config().sessions().absolute());

    assertThat(fresh.restore(lost.backUp(), later))
        .contains("put back: 0 records of jobs, 0 of which were running and are unknown now");

    assertThat(fresh.job(RUNNING)).isEmpty();
  }

  @Test
  void holds_whole_audit_records_only() throws IOException {
    fresh.restore(lost.backUp());

    assertThat(fresh.log("audit.log")).hasContent("{\"n\":1}\n{\"n\":2}\n");
  }

  @Test
  void has_every_audit_record_when_the_log_goes_on_in_a_new_file_meanwhile() throws IOException {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          private boolean renamed;

          @Override
          public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (!renamed && toString(ISO_8859_1).contains("audit/audit.log.000000000001")) {
              renamed = true;
              rename();
            }
          }
        };
    try (Store store = Stores.open(lost.config())) {
      new Backup(lost.config(), lost.configFile(), store).write(out, NOW);
    }
    assertThat(lost.state("audit.log.000000000003")).as("it went on meanwhile").exists();

    fresh.restore(out.toByteArray());

    assertThat(fresh.log("audit.log")).hasContent("{\"n\":1}\n{\"n\":2}\n");
  }

  private void rename() {
    try {
      Files.move(lost.state("audit.log"), lost.state("audit.log.000000000003"));
      Files.writeString(lost.state("audit.log"), "{\"n\":4}\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void puts_the_audit_log_beside_that_of_the_listener_and_removes_what_a_killed_restore_left()
      throws IOException {
    Files.writeString(fresh.state("audit.log"), "of the listener\n");
    Path left = fresh.state(".audit-restored-20261127T120000Z.new");
    Files.createDirectory(left);
    Files.writeString(left.resolve("audit.log"), "half");
    byte[] backup = lost.backUp();

    assertThat(fresh.restore(backup))
        .anyMatch(said -> said.startsWith("put back: " + fresh.log("audit.log").getParent()));
    assertThat(fresh.restore(backup))
        .contains("left as it is: " + fresh.log("audit.log").getParent());

    assertThat(fresh.state("audit.log")).hasContent("of the listener\n");
    assertThat(left).doesNotExist();
    assertThat(fresh.config().state())
        .isDirectoryNotContaining(file -> file.getFileName().toString().endsWith(".new"));
  }

  @Test
  void tells_what_this_configuration_has_no_place_for() throws IOException {
    byte[] backup = lost.backUp();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ArchiveWriter archive = new ArchiveWriter(bytes);
    archive.add("about", new ByteArrayInputStream(new About("fis", NOW).bytes()));
    archive.add("store/jobs", new ByteArrayInputStream(new byte[0]));
    archive.add("of-a-later-version", new ByteArrayInputStream(new byte[1]));
    archive.finish();

    assertThat(fresh.restore(bytes.toByteArray())).contains("not put back: of-a-later-version");
    assertThat(fresh.restore(backup)).noneMatch(said -> said.startsWith("not put back"));
  }

  @Test
  void holds_no_session_no_visit_and_no_private_key() throws IOException {
    byte[] backup = lost.backUp();

    assertThat(names(backup))
        .containsExactly(
            "about",
            "audit-checkpoints",
            "audit/audit.log.000000000001",
            "audit/audit.log",
            "users",
            "state/digest.key",
            "keys/audit/0123456789abcdef.pub",
            "store/jobs",
            "config/listener.yaml",
            "config/programs.yaml",
            "config/workflows/budget_12.yaml",
            "config/messages/languages",
            "manifest");
    fresh.restore(backup);
    try (Store store = Stores.open(fresh.config())) {
      assertThat(store.read(SESSION)).isEmpty();
      assertThat(store.scan(Kind.VISIT, "", 1)).isEmpty();
    }
  }

  @Test
  void takes_the_place_of_a_password_file_in_which_nobody_is() throws IOException {
    Files.delete(lost.state("users"));
    PasswordFile.create(lost.state("users"));
    PasswordFile.open(lost.state("users"), new SecureRandom())
        .add(new NewUser("anna", "Anna", Optional.of("en"), Set.of()), "a password");
    PasswordFile.create(fresh.state("users"));

    fresh.restore(lost.backUp());

    assertThat(fresh.state("users")).hasSameTextualContentAs(lost.state("users"));
    assertThat(fresh.state("users.lock")).as("in its turn").exists();
  }

  @Test
  void replaces_nothing_and_can_be_restored_twice() throws IOException {
    byte[] backup = lost.backUp();
    Files.writeString(fresh.state("users"), "anna:newer\n");
    JobRecord newer = job(JobRecord.State.CANCELLED, false);
    fresh.put(ENDED, LATER, newer);
    fresh.put(SESSION, LATER, "alive".getBytes(UTF_8));

    fresh.restore(backup);
    List<String> said = fresh.restore(backup);

    assertThat(fresh.state("users")).hasContent("anna:newer\n");
    assertThat(fresh.job(ENDED)).contains(newer);
    assertThat(said)
        .contains("put back: 0 records of jobs, 0 of which were running and are unknown now");
    try (Store store = Stores.open(fresh.config())) {
      assertThat(store.read(SESSION).orElseThrow().body()).isEqualTo("alive".getBytes(UTF_8));
    }
  }

  @Test
  void of_which_anything_is_missing_or_changed_is_refused_and_changes_nothing() throws IOException {
    byte[] backup = lost.backUp();
    List<byte[]> broken = new ArrayList<>();
    for (int length = 0; length < endOfParts(backup); length += 97) {
      broken.add(Arrays.copyOf(backup, length));
    }
    broken.add(repacked(backup, "users", "anna:other\n"));
    broken.add(repacked(backup, "manifest", "hitc-backup-1\n"));
    for (byte[] one : broken) {
      assertThatThrownBy(() -> fresh.restore(one)).isInstanceOf(IOException.class);
    }
    assertThat(fresh.config().state())
        .isDirectoryNotContaining(
            file -> !file.getFileName().toString().matches("store[.]db.*|keys"));
    assertThat(fresh.job(ENDED)).isEmpty();
  }

  @Test
  void whose_parts_have_other_names_is_refused() throws IOException {
    for (String name : List.of("../users", "/etc/passwd", "a//b", ".hidden", "state/../users")) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write('x');
      }
      assertThatThrownBy(() -> fresh.restore(bytes.toByteArray()))
          .as(name)
          .hasMessageContaining("not a backup");
    }
  }

  @Test
  void of_another_installation_is_refused() throws Exception {
    Site other = Site.make(folder.resolve("other"), "hr");

    assertThatThrownBy(() -> other.restore(lost.backUp()))
        .hasMessageContaining("another installation")
        .hasMessageContaining("fis");
    assertThat(other.state("users")).doesNotExist();
  }

  /** Where the table of contents begins, which no restore needs. */
  private static int endOfParts(byte[] backup) {
    return new String(backup, ISO_8859_1).indexOf("PK\1\2");
  }

  /** The same archive with another content of one part. */
  private static byte[] repacked(byte[] backup, String changed, String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(backup));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(e.getName()));
        out.write(e.getName().equals(changed) ? content.getBytes(UTF_8) : in.readAllBytes());
      }
    }
    return bytes.toByteArray();
  }
}

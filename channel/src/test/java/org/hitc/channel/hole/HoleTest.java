package org.hitc.channel.hole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hitc.channel.hole.Rig.eventually;
import static org.hitc.channel.hole.Rig.greeting;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.channel.RequestId;
import org.hitc.channel.codec.RequestCodec;
import org.hitc.channel.os.PosixException;
import org.hitc.channel.os.PosixFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HoleTest {
  private static final Answer SIGNED_OUT =
      new Answer.Complete(new Reply.SignedOut(), Optional.empty());

  @TempDir Path root;
  private final SecureRandom random = new SecureRandom();
  private final AtomicInteger runs = new AtomicInteger();
  private final Handler counting =
      (_, replier) -> {
        runs.incrementAndGet();
        replier.reply(new Reply.SignedOut());
      };
  private Rig rig;

  @BeforeEach
  void rig() throws PosixException {
    rig = new Rig(root, new AskLimits(512, Duration.ofSeconds(1), Duration.ofMillis(300)));
  }

  @AfterEach
  void close() throws IOException {
    rig.close();
  }

  private RequestId freshId() {
    return RequestId.random(random);
  }

  @Nested
  class Asking {
    @Test
    void gives_the_reply_and_leaves_nothing_behind() throws Exception {
      rig.listen((request, replier) -> {
        assertThat(request).isEqualTo(Rig.HOME);
        replier.token("v4.public.new");
        replier.reply(new Reply.SignedIn());
      });
      assertThat(rig.ask())
          .isEqualTo(new Answer.Complete(new Reply.SignedIn(), Optional.of("v4.public.new")));
      assertThat(rig.left()).isEmpty();
      assertThat(rig.log.refused).isEmpty();
    }

    @Test
    void gives_a_file_byte_for_byte() throws Exception {
      byte[] bytes = new byte[300_000];
      random.nextBytes(bytes);
      rig.listen((_, replier) -> {
        replier.reply(new Reply.File("a.csv", "text/csv"));
        replier.data(bytes, 0, 100_000);
        replier.data(bytes, 100_000, 200_000);
      });
      Rig.Kept kept = new Rig.Kept();
      assertThat(rig.asker.ask(Rig.HOME, kept)).isInstanceOf(Answer.Complete.class);
      assertThat(kept.bytes.toByteArray()).isEqualTo(bytes);
      assertThat(kept.opened).isEqualTo(1);
    }

    @Test
    void of_an_empty_file_opens_the_sink_once() throws Exception {
      rig.listen((_, replier) -> replier.reply(new Reply.File("a.csv", "text/csv")));
      Rig.Kept kept = new Rig.Kept();
      assertThat(rig.asker.ask(Rig.HOME, kept)).isInstanceOf(Answer.Complete.class);
      assertThat(kept.opened).isEqualTo(1);
    }

    @Test
    void a_reply_for_which_the_sink_has_no_memory_is_given_up() throws Exception {
      rig.listen((_, replier) ->
          replier.reply(
              new Reply.Refused(
                  Refusal.WF_ROLE, Optional.of("x".repeat(200_000)), Optional.empty())));
      Rig.Bounded enough = new Rig.Bounded(300_000);
      assertThat(rig.asker.ask(Rig.HOME, enough)).isInstanceOf(Answer.Complete.class);
      Rig.Bounded tooLittle = new Rig.Bounded(100_000);
      assertThat(rig.asker.ask(Rig.HOME, tooLittle)).isEqualTo(new Answer.Refused(Refusal.BUSY));
      assertThat(tooLittle.left).isNotNegative();
      assertThat(rig.left()).isEmpty();
    }

    @Test
    void a_sink_that_nobody_waits_behind_ends_the_asking_within_a_heartbeat() throws Exception {
      CountDownLatch gone = new CountDownLatch(1);
      rig.listen((_, replier) -> {
        var _ = replier.broken().thenRun(gone::countDown);
        gone.await();
      });
      FileSink nobody =
          new FileSink() {
            @Override
            public OutputStream open(Reply.Streamed reply) {
              return OutputStream.nullOutputStream();
            }

            @Override
            public void stillAtWork() throws IOException {
              throw new IOException("the browser is gone");
            }
          };
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> rig.asker.ask(Rig.HOME, nobody))
          .withMessage("the browser is gone");
      assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_handler_that_breaks_off_a_file_makes_it_refused() throws Exception {
      rig.listen((_, replier) -> {
        replier.reply(new Reply.File("a.csv", "text/csv"));
        replier.data(new byte[10], 0, 10);
        replier.fail(Refusal.JOB_TIMEOUT);
      });
      assertThat(rig.asker.ask(Rig.HOME, new Rig.Kept()))
          .isEqualTo(new Answer.Refused(Refusal.JOB_TIMEOUT));
    }

    @Test
    void a_handler_that_throws_is_an_internal_refusal_and_reported() throws Exception {
      rig.listen((_, _) -> {
        throw new IllegalStateException("on purpose");
      });
      assertThat(rig.ask()).isEqualTo(new Answer.Refused(Refusal.INTERNAL));
      assertThat(rig.log.failed).hasSize(1);
    }

    @Test
    void without_a_listener_is_refused_at_once() throws Exception {
      assertThat(rig.ask()).isEqualTo(new Answer.Refused(Refusal.DAEMON_DOWN));
      rig.listen(greeting());
      assertThat(rig.ask()).isEqualTo(SIGNED_OUT);
      rig.stopListening();
      long start = System.nanoTime();
      assertThat(rig.ask()).isEqualTo(new Answer.Refused(Refusal.DAEMON_DOWN));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      assertThat(rig.left()).isEmpty();
      rig.listen(greeting());
      assertThat(rig.ask()).isEqualTo(SIGNED_OUT);
    }

    @Test
    void a_slow_handler_is_waited_for_because_its_heart_beats() throws Exception {
      rig.listen((_, replier) -> {
        Thread.sleep(2500);
        replier.reply(new Reply.SignedOut());
      });
      assertThat(rig.ask()).isEqualTo(SIGNED_OUT);
    }

    @Test
    void a_listener_that_is_silent_is_not_answering() throws Exception {
      try (Hole _ = openHole()) {
        assertThat(rig.ask()).isEqualTo(new Answer.Refused(Refusal.NOT_ANSWERING));
        assertThat(rig.left()).isEmpty();
      }
    }

    @Test
    void a_full_daemon_pipe_with_nobody_reading_it_is_busy() throws Exception {
      try (Hole _ = openHole()) {
        for (int i = 0; i < 16; i++) {
          rig.hint(new byte[4096]);
        }
        assertThat(rig.ask()).isEqualTo(new Answer.Refused(Refusal.BUSY));
        assertThat(rig.left()).isEmpty();
      }
    }

    @Test
    void two_hundred_at_once_all_get_their_own_answer() throws Exception {
      rig.listen((_, replier) -> {
        Thread.sleep(20);
        replier.token("t-" + replier.id());
        replier.reply(new Reply.SignedIn());
      });
      List<Future<Answer>> answers = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 200; i++) {
          answers.add(threads.submit(rig::ask));
        }
      }
      assertThat(answers).extracting(Future::get).doesNotHaveDuplicates();
      assertThat(answers)
          .extracting(Future::get)
          .allSatisfy(answer -> assertThat(answer).isInstanceOf(Answer.Complete.class));
      assertThat(rig.left()).isEmpty();
    }

    @Test
    void more_than_can_wait_are_told_that_we_are_busy() throws Exception {
      CountDownLatch open = new CountDownLatch(1);
      rig.listen(
          Rig.limits(2, 3, Duration.ofSeconds(60), Duration.ofMinutes(10)),
          (_, replier) -> {
            open.await();
            replier.reply(new Reply.SignedOut());
          });
      List<Future<Answer>> answers = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 20; i++) {
          answers.add(threads.submit(rig::ask));
        }
        eventually(() -> rig.log.refused.size() == 15);
        open.countDown();
      }
      Reply busy = new Reply.Refused(Refusal.BUSY, Optional.empty(), Optional.empty());
      assertThat(answers)
          .extracting(Future::get)
          .filteredOn(new Answer.Complete(busy, Optional.empty())::equals)
          .hasSize(15);
      assertThat(answers).extracting(Future::get).filteredOn(SIGNED_OUT::equals).hasSize(5);
    }

    @Test
    void requests_that_are_too_large_together_are_told_that_we_are_busy() throws Exception {
      rig.close();
      rig = new Rig(root, new AskLimits(512, Duration.ofMinutes(1), Duration.ofMinutes(1)));
      CountDownLatch open = new CountDownLatch(1);
      rig.listen((_, replier) -> {
        open.await();
        replier.reply(new Reply.SignedOut());
      });
      Request large =
          new Request.Start(
              "v4.public.x", "budget_12", Map.of("a", List.of("x".repeat(1_000_000))), "en");
      List<Future<Answer>> answers = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 12; i++) {
          answers.add(threads.submit(() -> rig.asker.ask(large, Rig.NO_FILE)));
        }
        eventually(() -> rig.log.refused.size() == 4);
        open.countDown();
      }
      assertThat(rig.log.refused).containsOnly(Refusal.BUSY);
      assertThat(answers).extracting(Future::get).filteredOn(SIGNED_OUT::equals).hasSize(8);
      assertThat(rig.ask()).as("the room is free again").isEqualTo(SIGNED_OUT);
    }

    private Hole openHole() throws IOException {
      return Hole.open(rig.layout, rig.owners, Rig.limits(), rig.poller, rig.log);
    }
  }

  @Nested
  class What_is_no_request {
    @Test
    void is_refused_by_its_name_and_removed_and_never_run() throws Exception {
      rig.listen(counting);
      for (Bad bad : bads()) {
        rig.log.refused.clear();
        RequestId id = freshId();
        bad.make(id);
        rig.hint(id);
        eventually(() -> !rig.log.refused.isEmpty());
        assertThat(rig.log.refused).containsExactly(bad.why());
        eventually(() -> !Files.exists(rig.in(id), java.nio.file.LinkOption.NOFOLLOW_LINKS));
      }
      assertThat(runs).hasValue(0);
      assertThat(rig.ask()).isEqualTo(SIGNED_OUT);
    }

    private interface Maker {
      void make(RequestId id) throws Exception;
    }

    private record Bad(Refusal why, Maker maker) {
      void make(RequestId id) throws Exception {
        maker.make(id);
      }
    }

    private List<Bad> bads() {
      Path secret = root.resolve("secret");
      return List.of(
          new Bad(
              Refusal.IN_TYPE, id -> Files.createSymbolicLink(rig.in(id), Path.of("/etc/shadow"))),
          new Bad(Refusal.IN_TYPE, id -> Files.createSymbolicLink(rig.in(id), rig.in(id))),
          new Bad(Refusal.IN_TYPE, id -> Files.createDirectory(rig.in(id))),
          new Bad(
              Refusal.IN_TYPE,
              id -> PosixFiles.mkfifo(PosixFiles.AT_FDCWD, rig.in(id).toString(), 0640)),
          new Bad(
              Refusal.IN_LINKS,
              id -> {
                Files.writeString(secret, "x");
                Files.createLink(rig.in(id), secret);
              }),
          new Bad(Refusal.IN_MODE, id -> leaveWithMode(id, "rw-rw-rw-")),
          new Bad(Refusal.IN_MODE, id -> leaveWithMode(id, "---------")),
          new Bad(
              Refusal.IN_SIZE,
              id -> {
                Path other = rig.layout.jobs().resolve("other");
                try (RandomAccessFile file = new RandomAccessFile(other.toFile(), "rw")) {
                  file.setLength(1L << 40);
                }
                Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-r-----"));
                Files.move(other, rig.in(id));
              }),
          new Bad(Refusal.IN_SIZE, id -> rig.leave(id, new byte[RequestCodec.MAX_BYTES + 1])),
          new Bad(Refusal.REQ_SYNTAX, id -> rig.leave(id, new byte[0])),
          new Bad(Refusal.REQ_SYNTAX, id -> rig.leave(id, new byte[] {1, 2, 3})),
          new Bad(Refusal.OUT_MISSING, rig::leave),
          new Bad(
              Refusal.OUT_TYPE,
              id -> {
                Files.writeString(rig.out(id), "kept");
                rig.leave(id);
              }),
          new Bad(
              Refusal.OUT_TYPE,
              id -> {
                Files.writeString(secret, "kept");
                Files.createSymbolicLink(rig.out(id), secret);
                rig.leave(id);
              }),
          new Bad(
              Refusal.OUT_TYPE,
              id -> {
                Files.createDirectory(rig.out(id));
                rig.leave(id);
              }),
          new Bad(
              Refusal.OUT_NOREADER,
              id -> {
                PosixFiles.close(rig.openOut(id));
                rig.leave(id);
              }));
    }

    private void leaveWithMode(RequestId id, String mode) throws IOException {
      Path other = rig.layout.jobs().resolve("other");
      Files.write(other, RequestCodec.encode(Rig.HOME));
      Files.setPosixFilePermissions(other, PosixFilePermissions.fromString(mode));
      Files.move(other, rig.in(id));
    }

    @Test
    void of_another_user_is_refused() throws Exception {
      org.junit.jupiter.api.Assumptions.assumeTrue(
          PosixFiles.geteuid() == 0, "only root can give a file away");
      rig.listen(counting);
      RequestId id = freshId();
      Path other = rig.layout.jobs().resolve("other");
      Files.write(other, RequestCodec.encode(Rig.HOME));
      Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-r-----"));
      Files.setAttribute(other, "unix:uid", 12345);
      Files.move(other, rig.in(id));
      eventually(() -> rig.log.refused.contains(Refusal.IN_OWNER));

      RequestId second = freshId();
      int reader = rig.openOut(second);
      Files.setAttribute(rig.out(second), "unix:uid", 12345);
      rig.leave(second);
      eventually(() -> rig.log.refused.contains(Refusal.OUT_OWNER));
      PosixFiles.close(reader);
      assertThat(runs).hasValue(0);
    }

    @Test
    void a_directory_with_something_in_it_is_reported_once_and_stepped_over() throws Exception {
      RequestId id = freshId();
      Files.createDirectories(rig.in(id).resolve("deep/deeper"));
      rig.listen(counting);
      eventually(() -> rig.log.refused.contains(Refusal.IN_TYPE));
      Thread.sleep(500);
      assertThat(rig.log.refused).containsExactly(Refusal.IN_TYPE);
      assertThat(rig.ask()).isEqualTo(SIGNED_OUT);
    }

    @Test
    void garbage_on_the_daemon_pipe_is_counted_and_spoils_nothing() throws Exception {
      rig.listen(counting);
      byte[] noise = new byte[4096];
      for (int i = 0; i < 50; i++) {
        random.nextBytes(noise);
        rig.hint(noise);
        assertThat(rig.ask()).isEqualTo(SIGNED_OUT);
      }
      eventually(() -> rig.log.garbage.get() > 50_000);
      assertThat(rig.log.failed).isEmpty();
    }
  }

  @Nested
  class A_request {
    @Test
    void runs_once_however_often_it_is_repeated_also_after_a_restart() throws Exception {
      RequestId id = freshId();
      rig.listen(counting);
      for (int i = 0; i < 100; i++) {
        int done = i;
        int reader = rig.openOut(id);
        rig.leave(id);
        rig.hint(id);
        eventually(
            () -> rig.log.refused.size() == done && !Files.exists(rig.in(id)) && runs.get() == 1);
        assertThat(rig.poller.awaitReadable(reader, Duration.ofSeconds(5))).isTrue();
        eventually(() -> workIsEmpty());
        PosixFiles.close(reader);
        Files.delete(rig.out(id));
        if (i == 50) {
          rig.stopListening();
          rig.listen(counting);
        }
      }
      assertThat(runs).hasValue(1);
      assertThat(rig.log.refused).hasSize(99).containsOnly(Refusal.REQ_REPLAY);
    }

    @Test
    void that_lay_too_long_is_expired() throws Exception {
      RequestId id = freshId();
      rig.leave(id);
      Thread.sleep(300);
      rig.listen(Rig.limits(1, 1, Duration.ofMillis(100), Duration.ofMinutes(10)), counting);
      eventually(() -> rig.log.refused.contains(Refusal.JOB_EXPIRED));
      assertThat(runs).hasValue(0);
      assertThat(rig.left()).isEmpty();
    }

    @Test
    void is_found_without_a_hint_and_after_a_restart() throws Exception {
      List<Integer> readers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        RequestId id = freshId();
        readers.add(rig.openOut(id));
        rig.leave(id);
      }
      rig.listen(counting);
      eventually(() -> runs.get() == 20);
      for (int reader : readers) {
        assertThat(rig.poller.awaitReadable(reader, Duration.ofSeconds(5))).isTrue();
        PosixFiles.close(reader);
      }
    }

    @Test
    void that_was_claimed_by_a_listener_that_died_is_reported_and_not_run() throws Exception {
      RequestId id = freshId();
      Files.write(rig.layout.work().resolve(id + ".in"), RequestCodec.encode(Rig.HOME));
      rig.listen(counting);
      eventually(() -> rig.log.interrupted.contains(id));
      eventually(() -> workIsEmpty());
      rig.leave(id);
      eventually(() -> rig.log.refused.contains(Refusal.REQ_REPLAY));
      assertThat(runs).hasValue(0);
    }

    private boolean workIsEmpty() {
      String[] names = rig.layout.work().toFile().list((_, name) -> name.endsWith(".in"));
      return names != null && names.length == 0;
    }
  }

  @Nested
  class A_reader {
    @Test
    void that_goes_away_is_noticed_while_the_handler_works() throws Exception {
      CountDownLatch noticed = new CountDownLatch(1);
      rig.listen((_, replier) -> {
        assertThat(replier.broken().get()).isEqualTo(Refusal.OUT_NOREADER);
        noticed.countDown();
        replier.reply(new Reply.SignedOut());
      });
      RequestId id = freshId();
      int reader = rig.openOut(id);
      rig.leave(id);
      rig.hint(id);
      assertThat(rig.poller.awaitReadable(reader, Duration.ofSeconds(5))).isTrue();
      PosixFiles.close(reader);
      noticed.await();
      eventually(() -> rig.log.refused.contains(Refusal.OUT_NOREADER));
    }

    @Test
    void that_reads_nothing_is_cut_off() throws Exception {
      assertCutOff(0, Duration.ofMillis(500));
    }

    @Test
    void that_reads_too_slowly_is_cut_off() throws Exception {
      HoleLimits.Drain drain =
          new HoleLimits.Drain(
              Duration.ofSeconds(5), 100_000, Duration.ofSeconds(1), Duration.ofSeconds(1));
      HoleLimits limits = new HoleLimits(Rig.limits().admission(), drain, Rig.limits().spool());
      assertCutOff(4096, Duration.ofMillis(200), limits);
    }

    private void assertCutOff(int bytes, Duration each) throws Exception {
      assertCutOff(bytes, each, Rig.limits());
    }

    private void assertCutOff(int bytes, Duration each, HoleLimits limits) throws Exception {
      rig.listen(
          limits,
          (_, replier) -> {
            replier.reply(new Reply.File("a.csv", "text/csv"));
            while (true) {
              replier.data(new byte[10_000], 0, 10_000);
            }
          });
      RequestId id = freshId();
      int reader = rig.openOut(id);
      rig.leave(id);
      rig.hint(id);
      byte[] buffer = new byte[4096];
      eventually(() -> {
        try {
          Thread.sleep(each);
          if (bytes > 0) {
            PosixFiles.read(reader, buffer, 0, bytes);
          }
        } catch (InterruptedException | PosixException e) {
          throw new IllegalStateException(e);
        }
        return rig.log.refused.contains(Refusal.OUT_STALLED);
      });
      PosixFiles.close(reader);
      assertThat(rig.log.failed).isEmpty();
    }
  }

  @Nested
  class The_listener {
    @Test
    void is_alone_and_a_second_one_does_not_disturb_it() throws Exception {
      rig.listen(greeting());
      assertThatExceptionOfType(StartRefusedException.class)
          .isThrownBy(() -> Hole.open(rig.layout, rig.owners, Rig.limits(), rig.poller, rig.log))
          .withMessageContaining("another listener");
      assertThat(rig.ask()).isEqualTo(SIGNED_OUT);
    }

    @Test
    void removes_litter_of_any_name_but_not_the_files_of_a_running_request() throws Exception {
      rig.listen(
          Rig.limits(4, 4, Duration.ofSeconds(60), Duration.ofMillis(200)),
          (_, replier) -> {
            Thread.sleep(700);
            replier.reply(new Reply.SignedOut());
          });
      Files.writeString(rig.layout.jobs().resolve("a\nb\033[2J"), "x");
      Files.writeString(rig.layout.jobs().resolve(freshId() + ".tmp"), "x");
      Files.createDirectory(rig.layout.jobs().resolve("folder"));
      PosixFiles.close(rig.openOut(freshId()));
      assertThat(rig.ask()).isEqualTo(SIGNED_OUT);
      eventually(() -> rig.left().isEmpty());
      assertThat(rig.log.failed).isEmpty();
    }

    @Test
    void sets_the_size_of_the_pipe_back() throws Exception {
      rig.listen(greeting());
      int fd =
          PosixFiles.open(
              PosixFiles.AT_FDCWD,
              rig.layout.daemon().toString(),
              PosixFiles.O_WRONLY | PosixFiles.HOSTILE,
              0);
      PosixFiles.setPipeSize(fd, 4096);
      eventually(() -> {
        try {
          return PosixFiles.pipeSize(fd) == 65_536;
        } catch (PosixException e) {
          throw new IllegalStateException(e);
        }
      });
      PosixFiles.close(fd);
    }
  }
}

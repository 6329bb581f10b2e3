package org.hitc.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A shared com.ibm.icu.text.MessageFormat gives wrong words here, without one exception. */
@DisplayName("Eight threads that use one catalogue and one set of formats")
class ThreadsTests {
  private static final int THREADS = 8;
  private static final int ROUNDS = 60_000;

  private final Catalogue catalogue = catalogue();

  private static Catalogue catalogue() {
    Languages offered = Languages.of(List.of("en", "ar"));
    return switch (Messages.load(
        offered,
        offered.byDefault(),
        ZoneOffset.UTC,
        List.of(new Layer.Product(ThreadsTests.class)))) {
      case Loading.Loaded(Messages messages) -> messages.in(Language.of("ar"));
      case Loading.Refused(List<Problem> problems) -> throw new AssertionError(problems);
    };
  }

  /** Everything whose answer depends on i, one line. */
  private String words(int i) {
    Instant at = Instant.ofEpochSecond(1_000_000_000L + i * 100_003L);
    Formats formats = catalogue.formats();
    return String.join(
        "|",
        catalogue.text("rows", Map.of("n", i)).value(),
        catalogue.text("when", Map.of("at", at)).value(),
        formats.decimal(BigDecimal.valueOf(-i * 31L, i % 4)),
        formats.integer(i),
        formats.dateTime(at),
        formats.time(at));
  }

  @Test
  void never_get_each_others_words() throws Exception {
    int different = 500;
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < different; i++) {
      expected.add(words(i));
    }
    CountDownLatch start = new CountDownLatch(1);
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Integer>> wrong = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int first = t * 61;
        wrong.add(
            threads.submit(() -> {
              start.await();
              int count = 0;
              for (int round = 0; round < ROUNDS; round++) {
                int i = (first + round) % different;
                count += words(i).equals(expected.get(i)) ? 0 : 1;
              }
              return count;
            }));
      }
      start.countDown();
      for (Future<Integer> count : wrong) {
        assertThat(count.get()).isZero();
      }
    }
  }
}

package org.hitc.gateway;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hitc.i18n.Loading;
import org.hitc.i18n.Messages;
import org.hitc.i18n.Problem;
import org.hitc.i18n.site.SiteFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The words as they are now: read again when a file of the site has changed. What is wrong never
 * takes the place of what was right, and says so loudly.
 */
final class LiveMessages implements Supplier<Messages> {
  private static final Logger LOG = LoggerFactory.getLogger(LiveMessages.class);

  /** How often the files are looked at. */
  private static final long LOOK_MILLIS = 1_000;

  private final SiteFolder site;
  private volatile Messages now;

  private LiveMessages(SiteFolder site, Messages now) {
    this.site = site;
    this.now = now;
  }

  /** Reads them, and goes on looking until the process ends. */
  static LiveMessages start(SiteFolder site) {
    // Taken first: what changes while it is read is read once more.
    String seen = site.fingerprint();
    LiveMessages live = new LiveMessages(site, site.shipped());
    live.read();
    Thread.ofPlatform().daemon().name("messages").start(() -> live.watch(seen));
    return live;
  }

  @Override
  public Messages get() {
    return now;
  }

  private void watch(String read) {
    String seen = read;
    while (true) {
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        String found = site.fingerprint();
        if (!found.equals(seen)) {
          seen = found;
          read();
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        LOG.error("the words cannot be read; those from before are in use", e);
      }
    }
  }

  private void read() {
    switch (site.load()) {
      case Loading.Loaded(Messages messages) -> {
        now = messages;
        LOG.info("the words of this site are in use as they stand now");
      }
      case Loading.Refused(List<Problem> problems) -> {
        problems.forEach(problem -> LOG.error("{}", problem));
        LOG.error("the words of this site were not loaded; those from before are in use");
      }
    }
  }
}

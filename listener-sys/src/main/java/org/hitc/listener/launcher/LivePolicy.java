package org.hitc.listener.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The policy in force. A file that has changed is read again; one that is wrong changes nothing.
 */
final class LivePolicy {
  private final Path file;
  private final OwnLog log;
  private Policy policy;
  private Map<String, Object> seen;

  LivePolicy(Path file, Policy policy, OwnLog log) throws IOException {
    this.file = file;
    this.policy = policy;
    this.log = log;
    this.seen = state();
  }

  /** The policy, after a look at the file. */
  synchronized Policy current() {
    try {
      if (!state().equals(seen)) {
        reload();
      }
    } catch (IOException e) {
      // A file that is gone for a moment, while an editor replaces it: the old policy stays.
      log.say(
          "policy-unread", Map.of("file", file.toString(), "why", String.valueOf(e.getMessage())));
    }
    return policy;
  }

  /** Reads it again, changed or not. */
  synchronized void reload() throws IOException {
    seen = state();
    switch (Policies.read(file)) {
      case Policies.Result.Bad(List<String> problems) ->
          log.say("policy-kept", Map.of("problems", String.join("; ", problems)));
      case Policies.Result.Good(Policy next) when !next.sameProcess(policy) ->
          log.say(
              "policy-kept",
              Map.of("problems", "folder, log and the sides change with a restart only"));
      case Policies.Result.Good(Policy next) -> {
        policy = next;
        log.say("policy", Map.of("entries", Integer.toString(next.entries().size())));
      }
    }
  }

  private Map<String, Object> state() throws IOException {
    return Files.readAttributes(file, "unix:ino,ctime,mode,uid", LinkOption.NOFOLLOW_LINKS);
  }
}

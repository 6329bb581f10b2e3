package org.hitc.listener.program;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Which jobs are live, and which processes are programs whose status somebody waits for. Starts
 * take the {@link #starts} lock shared; the sweeper takes it alone before it kills, so that no
 * process exists that is started but not yet entered here.
 */
final class LiveJobs {
  private final Set<String> references = ConcurrentHashMap.newKeySet();
  private final Map<Integer, SpawnedChild> children = new ConcurrentHashMap<>();
  private final ReadWriteLock starts = new ReentrantReadWriteLock();

  ReadWriteLock starts() {
    return starts;
  }

  /** False when a live job already has this reference. */
  boolean begin(String reference) {
    return references.add(reference);
  }

  void end(String reference) {
    references.remove(reference);
  }

  boolean isLive(String reference) {
    return references.contains(reference);
  }

  void enter(SpawnedChild child) {
    children.put(child.pid(), child);
  }

  void leave(SpawnedChild child) {
    children.remove(child.pid());
  }

  boolean isProgram(int pid) {
    return children.containsKey(pid);
  }
}

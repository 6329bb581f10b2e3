package org.hitc.listener.job;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.hitc.session.store.Store;

/** Jobs of a node that will not come back. */
public final class LostNode {
  private LostNode() {}

  /**
   * Names of the nodes that run jobs, or did when they died.
   *
   * @throws org.hitc.session.store.StoreException when the store cannot answer
   */
  public static Set<String> names(Store store) {
    return JobRecords.nodes(store);
  }

  /**
   * Gives every job that ran at a node its outcome: unknown, if it may have changed something.
   * Nothing of that node may still run.
   *
   * @param keep how long the records can be found from now on
   * @return what was settled, in words: {@code 7K3P-2M unknown}
   * @throws org.hitc.session.store.StoreException when the store cannot answer
   */
  public static List<String> settle(Store store, String node, InstantSource clock, Duration keep) {
    return new JobRecords(store, node, clock, keep, Duration.ZERO)
        .settleInterrupted(Set.of(node)).stream()
            .map(found -> found.reference() + " " + found.record().words())
            .toList();
  }
}

package io.github.keycloaknylas.limits;

import java.util.HashMap;
import java.util.Map;

/** Limits how many workers read the settings of one realm at the same time, since its vault may hang. */
public final class PreparationLimiter {

    private static final int MOST_REMEMBERED = 10_000;

    private final int most;
    private final Map<String, String> realms = new HashMap<>();
    private final Map<String, Integer> preparing = new HashMap<>();

    /** @param workers of the node; at most half of them read settings of one realm */
    public PreparationLimiter(int workers) {
        this.most = (workers + 1) / 2;
    }

    /** Returns whether another worker may read settings of the realm of this lane. */
    public synchronized boolean mayEnter(String lane) {
        return preparing.getOrDefault(realm(lane), 0) < most;
    }

    /** Counts a worker in the realm of a lane, or in the lane while the realm is not known. */
    public synchronized Slot enter(String lane) {
        String realm = realm(lane);
        preparing.merge(realm, 1, Integer::sum);
        return () -> leave(realm);
    }

    /** Notes which realm a lane belongs to, which is known only once one of its rows was read. */
    public synchronized void learned(String lane, String realmId) {
        if (realms.size() >= MOST_REMEMBERED) {
            realms.clear();
        }
        realms.put(lane, realmId);
    }

    private synchronized void leave(String realm) {
        preparing.computeIfPresent(realm, (key, count) -> count > 1 ? count - 1 : null);
    }

    private String realm(String lane) {
        return realms.getOrDefault(lane, lane);
    }

    /** One worker that reads settings. */
    public interface Slot extends AutoCloseable {

        @Override
        void close();
    }
}

package io.github.keycloaknylas.model;

import io.github.keycloaknylas.ledger.Notice;
import io.github.keycloaknylas.ledger.NoticedGrant;
import io.github.keycloaknylas.ledger.Notices;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;

/** What Nylas notifies of: each event by itself, in whatever order, late, several times or never. */
final class Notifications {

    private static final String URL = "https://api.us.nylas.com";

    private record Pending(int number, GrantBook.Event event) {}

    private final Simulation simulation;
    private final List<Pending> pending = new ArrayList<>();
    private int events;
    private boolean complete = true;

    Notifications(Simulation simulation) {
        this.simulation = simulation;
    }

    void happened(GrantBook.Event event) {
        pending.add(new Pending(++events, event));
    }

    /** Those of a type arrive, each so many times. */
    void deliver(String type, int times) {
        List<Pending> arriving = pending.stream()
                .filter(each -> each.event().type().equals(type))
                .toList();
        pending.removeAll(arriving);
        for (int i = 0; i < times; i++) {
            arriving.forEach(this::arrive);
        }
    }

    /** Those of a type never arrive. */
    void drop(String type) {
        if (pending.removeIf(each -> each.event().type().equals(type))) {
            missed();
        }
    }

    void deliverAll() {
        pending.forEach(this::arrive);
        pending.clear();
    }

    void dropAll() {
        pending.clear();
    }

    /** Not everything that happened to grants is or was notified of with effect: only a pass tells. */
    void missed() {
        complete = false;
    }

    boolean isComplete() {
        return complete;
    }

    /** The cleanup of a node, which removes notices also if nobody has looked at their grants. */
    void cleanUp(Node node) {
        long before = waiting();
        node.workers().cleanUp();
        if (waiting() < before) {
            missed();
        }
    }

    private void arrive(Pending arriving) {
        GrantBook.Event event = arriving.event();
        Notice notice = new Notice(
                "webhook",
                "event-" + arriving.number(),
                new NoticedGrant(URL, event.place().application(), event.grantId()),
                event.type(),
                null);
        simulation.transaction(session -> {
            Notices notices = Notices.of(session);
            if (!notices.isKnown(notice)) {
                notices.insert(notice, simulation.now());
            }
        });
    }

    private long waiting() {
        long[] count = new long[1];
        simulation.transaction(session -> {
            EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
            count[0] = em.createQuery("select count(n) from NoticeEntity n where n.doneAt is null", Long.class)
                    .getSingleResult();
        });
        return count[0];
    }
}

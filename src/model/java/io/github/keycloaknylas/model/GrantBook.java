package io.github.keycloaknylas.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The grants that the fake Nylas has: one per application and mailbox, the same again for who asks again, a new one
 * only after a deletion. Whatever happens to one is an event that Nylas notifies of.
 */
final class GrantBook {

    /** Where a grant is or was, and whose mailbox it opens. */
    record Place(String application, String mailbox) {}

    /** What Nylas reports of a grant. */
    enum Truth {
        VALID,
        INVALID,
        OTHER_PERSON,
        GONE
    }

    /** @param type as Nylas names it */
    record Event(Place place, String grantId, String type) {}

    private final Consumer<Event> events;
    private final Map<Place, String> grants = new LinkedHashMap<>();
    private final Map<Place, String> latest = new LinkedHashMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private final Set<String> expired = new HashSet<>();
    private final Set<String> turned = new HashSet<>();

    GrantBook(Consumer<Event> events) {
        this.events = events;
    }

    /** A handover makes a grant, or authenticates the one there is. */
    String connect(Place place) {
        boolean known = grants.containsKey(place);
        String id = grants.computeIfAbsent(place, missing -> "grant-" + (places.size() + 1));
        places.put(id, place);
        latest.put(place, id);
        expired.remove(id);
        turned.remove(id);
        event(place, id, known ? "grant.updated" : "grant.created");
        return id;
    }

    /** @return whether the application had this grant */
    boolean delete(String application, String id) {
        Place place = places.get(id);
        boolean found = place != null && place.application().equals(application) && grants.remove(place, id);
        if (found) {
            deleted.add(id);
            event(place, id, "grant.deleted");
        }
        return found;
    }

    /** The grants of a mailbox are deleted in the dashboard. */
    void lose(String mailbox) {
        of(mailbox).forEach((place, id) -> {
            grants.remove(place);
            event(place, id, "grant.deleted");
        });
    }

    /** The grants of a mailbox expire. */
    void expire(String mailbox) {
        of(mailbox).forEach((place, id) -> {
            expired.add(id);
            event(place, id, "grant.expired");
        });
    }

    /** The grants of a mailbox are authenticated by other means than a handover. */
    void renew(String mailbox) {
        of(mailbox).forEach((place, id) -> {
            expired.remove(id);
            event(place, id, "grant.updated");
        });
    }

    /** The grants of a mailbox are authenticated as another person. */
    void turn(String mailbox) {
        of(mailbox).forEach((place, id) -> {
            turned.add(id);
            event(place, id, "grant.updated");
        });
    }

    // Also those that are gone: Nylas may notify of what is not true any more.
    private Map<Place, String> of(String mailbox) {
        Map<Place, String> found = new LinkedHashMap<>(latest);
        found.keySet().removeIf(place -> !place.mailbox().equals(mailbox));
        return found;
    }

    private void event(Place place, String id, String type) {
        events.accept(new Event(place, id, type));
    }

    Optional<Place> place(String id) {
        return Optional.ofNullable(places.get(id));
    }

    /** Whether it was deleted by a call, and not in the dashboard. */
    boolean isDeleted(String id) {
        return deleted.contains(id);
    }

    /** Those that were made and not deleted. */
    Set<String> all() {
        return Set.copyOf(grants.values());
    }

    /** Those of an application, the oldest first. */
    List<String> listed(String application) {
        return grants.entrySet().stream()
                .filter(grant -> grant.getKey().application().equals(application))
                .map(Map.Entry::getValue)
                .toList();
    }

    Truth truth(String id) {
        if (!grants.containsValue(id)) {
            return Truth.GONE;
        }
        if (expired.contains(id)) {
            return Truth.INVALID;
        }
        return turned.contains(id) ? Truth.OTHER_PERSON : Truth.VALID;
    }

    /** Whose mailbox Nylas reports. */
    String person(String id) {
        String mailbox = places.get(id).mailbox();
        return turned.contains(id) ? "somebody-else" : mailbox;
    }
}

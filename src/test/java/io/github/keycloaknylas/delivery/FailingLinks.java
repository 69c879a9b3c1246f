package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.links.AccountLinks;
import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;
import org.keycloak.models.KeycloakSession;

/** Links whose storage throws for some users or subjects. */
final class FailingLinks implements AccountLinks {

    private final AccountLinks links;
    private volatile Predicate<String> failing;

    /** @param failing for which users and subjects a look-up throws */
    FailingLinks(AccountLinks links, Predicate<String> failing) {
        this.links = links;
        this.failing = failing;
    }

    void recover() {
        failing = name -> false;
    }

    @Override
    public Map<Link, Answer> read(KeycloakSession session, String realmId, Collection<Link> asked) {
        asked.forEach(link -> fail(link.userId()));
        return links.read(session, realmId, asked);
    }

    @Override
    public Owner owner(KeycloakSession session, String realmId, String alias, String subject) {
        fail(subject);
        return links.owner(session, realmId, alias, subject);
    }

    private void fail(String name) {
        if (failing.test(name)) {
            throw new IllegalStateException("The storage does not answer");
        }
    }
}

package io.github.keycloaknylas.support.store;

import io.github.keycloaknylas.links.AccountLinks;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/** The links of a {@link FakeUserStore}, or nothing at all where the storage cannot be read. */
public final class FakeAccountLinks implements AccountLinks {

    private final FakeUserStore store;

    FakeAccountLinks(FakeUserStore store) {
        this.store = store;
    }

    @Override
    public Map<Link, Answer> read(KeycloakSession session, String realmId, Collection<Link> links) {
        return links.stream().collect(Collectors.toMap(Function.identity(), link -> answer(realmId, link)));
    }

    private Answer answer(String realmId, Link link) {
        if (store.isForeign()) {
            return new Answer(Status.UNKNOWN, null);
        }
        return store.linkOf(realmId, link.userId(), link.alias())
                .map(found -> new Answer(Status.LINKED, found.getUserId()))
                .orElse(new Answer(Status.NOT_LINKED, null));
    }

    @Override
    public Owner owner(KeycloakSession session, String realmId, String alias, String subject) {
        if (store.isForeign()) {
            return new Owner(Status.UNKNOWN, null);
        }
        return store.ownerOf(realmId, alias, subject)
                .map(user -> new Owner(Status.LINKED, user))
                .orElse(new Owner(Status.NOT_LINKED, null));
    }
}

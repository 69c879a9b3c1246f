package io.github.keycloaknylas.mail;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;

/** Finds the mail provider behind an identity provider. */
public final class MailProviders {

    private static final MailProviders INSTALLED = load(MailProvider.class.getClassLoader());

    private final List<MailProvider> all;

    /** @param all in any order, with the fallback */
    public MailProviders(List<MailProvider> all) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("There is no mail provider");
        }
        this.all = all.stream()
                .sorted(Comparator.comparing(MailProvider::isFallback))
                .toList();
    }

    static MailProviders load(ClassLoader loader) {
        return new MailProviders(ServiceLoader.load(MailProvider.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** Returns those of the server: the one of this extension, and any that another provider jar adds. */
    public static MailProviders installed() {
        return INSTALLED;
    }

    /** Returns all of them, the fallback last. */
    public List<MailProvider> all() {
        return all;
    }

    /** Returns their names in a sentence: "A, B or C". */
    public String names() {
        List<String> names = all.stream().map(MailProvider::displayName).toList();
        String last = names.get(names.size() - 1);
        return names.size() == 1 ? last : String.join(", ", names.subList(0, names.size() - 1)) + " or " + last;
    }

    /** Returns the one that serves every identity provider that no other one serves. */
    public MailProvider fallback() {
        return all.get(all.size() - 1);
    }

    /**
     * Returns the mail provider of an identity provider.
     *
     * @param broker the identity provider, or null if it no longer exists
     */
    public MailProvider of(IdentityProviderModel broker) {
        return all.stream()
                .filter(provider -> !provider.isFallback() && broker != null && provider.serves(broker))
                .findFirst()
                .orElseGet(this::fallback);
    }

    /**
     * Returns the mail provider of an identity provider of the session's realm.
     *
     * @param session bound to a realm, or to none if the realm no longer exists
     * @param alias of the identity provider, or null
     */
    public MailProvider of(KeycloakSession session, String alias) {
        boolean known = alias != null && session.getContext().getRealm() != null;
        return of(known ? session.identityProviders().getByAlias(alias) : null);
    }
}

package io.github.keycloaknylas.it.support;

import java.util.List;
import java.util.function.BiConsumer;

/** Ways in which Keycloak stops finding the users of a directory, although nobody has left. */
public enum DirectoryFailure {
    STOPPED(3, 3, (realm, people) -> realm.directory().stop()),
    /** Keycloak itself removes an imported user whom it looks for and does not find: here the first. */
    EMPTY(2, 3, (realm, people) -> {
        realm.directory().empty();
        realm.scenario()
                .keycloak()
                .admin()
                .users()
                .searchByUsername(people.get(0).account().givenName(), true);
    }),
    DISABLED(3, 3, (realm, people) -> realm.federation().disable()),
    IMPORTED_USERS_REMOVED(0, 3, (realm, people) -> realm.federation().removeImportedUsers()),
    USERS_UNLINKED(3, 3, (realm, people) -> realm.federation().unlinkUsers()),
    STORAGE_DELETED(0, 0, (realm, people) -> realm.federation().delete());

    /** Users of a realm that this enum is about. */
    public static final int PEOPLE = 3;

    private final int imported;
    private final int notImported;
    private final BiConsumer<LdapRealm, List<ConnectedAccount>> begin;

    DirectoryFailure(int imported, int notImported, BiConsumer<LdapRealm, List<ConnectedAccount>> begin) {
        this.imported = imported;
        this.notImported = notImported;
        this.begin = begin;
    }

    public void begin(LdapRealm realm, List<ConnectedAccount> people) {
        begin.accept(realm, people);
    }

    /** How many of the users Keycloak leaves their links. */
    public int keeps(LdapFederation.Kind kind) {
        return kind == LdapFederation.Kind.NOT_IMPORTING ? notImported : imported;
    }
}

"""Opens the store of the settings, in a folder or at a SPARQL endpoint: for writing, or for reading."""

from __future__ import annotations

from typing import TypeAlias

from ..config import Settings
from .address import is_address, read_address
from .embedded import EmbeddedStore
from .remote import RemoteStore
from .remote_client import Endpoint, Login

WritableStore: TypeAlias = EmbeddedStore | RemoteStore


def open_store(settings: Settings, *, create: bool = False) -> WritableStore:
    """Open the store of the settings for writing; raise StoreError or SettingsError, saying what to do."""
    if is_address(settings.store):
        return RemoteStore.open(
            open_endpoint(settings), cache=settings.cache, create=create, base_iri=settings.base_iri
        )
    return EmbeddedStore.open(settings.store, create=create, base_iri=settings.base_iri)


def open_endpoint(settings: Settings, *, seconds: float = 300.0, patience: float = 60.0) -> Endpoint:
    """Return the endpoint that the settings name as their store; nothing is sent yet."""
    login = Login(settings.sparql_user, settings.sparql_password, settings.sparql_token)
    return Endpoint(read_address(settings.store), login, seconds=seconds, patience=patience)

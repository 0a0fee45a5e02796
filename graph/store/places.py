"""Opens the store of the settings, in a folder or at a SPARQL endpoint: for writing, or for reading."""

from __future__ import annotations

from typing import TypeAlias

from ..config import Settings
from .address import is_address, read_address
from .checkpoint import Checkpoint
from .embedded import EmbeddedStore
from .layout import read_version
from .remote import RemoteStore
from .remote_checkpoint import open_remote_checkpoint, read_revision
from .remote_client import Endpoint, Login

WritableStore: TypeAlias = EmbeddedStore | RemoteStore


def open_store(settings: Settings, *, create: bool = False) -> WritableStore:
    """Open the store of the settings for writing; raise StoreError or SettingsError, saying what to do."""
    if is_address(settings.store):
        return RemoteStore.open(
            open_endpoint(settings), cache=settings.cache, create=create, base_iri=settings.base_iri
        )
    return EmbeddedStore.open(settings.store, create=create, base_iri=settings.base_iri)


def open_checkpoint(settings: Settings, *, seconds: float = 300.0, patience: float = 10.0) -> Checkpoint:
    """Open the newest checkpoint of the store of the settings, or an endpoint with indexes of its newest revision.

    `seconds` and `patience` are those of the endpoint. Raise StoreError or SettingsError, saying what to do.
    """
    if is_address(settings.store):
        return open_remote_checkpoint(open_endpoint(settings, seconds=seconds, patience=patience), settings)
    return Checkpoint.open(settings.store)


def read_base_iri(settings: Settings) -> str:
    """Return the base IRI of the store of the settings; raise StoreError where there is none, or it cannot be asked."""
    if not is_address(settings.store):
        return read_version(settings.store).base_iri
    endpoint = open_endpoint(settings, seconds=settings.query_seconds, patience=1.0)
    try:
        return read_revision(endpoint, settings.base_iri).base_iri
    finally:
        endpoint.close()


def open_endpoint(settings: Settings, *, seconds: float = 300.0, patience: float = 60.0) -> Endpoint:
    """Return the endpoint that the settings name as their store; nothing is sent yet."""
    login = Login(settings.sparql_user, settings.sparql_password, settings.sparql_token)
    return Endpoint(read_address(settings.store), login, seconds=seconds, patience=patience)

# The service in a small image. Build the store elsewhere, or with the same image:
#   docker build -t rawabit .
#   docker run --rm -v rawabit:/data -v "$PWD/articles:/articles:ro" rawabit build /articles --store /data/store
#   docker run -p 8000:8000 -v rawabit:/data rawabit
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY . .
# The CPU build of torch is a tenth of the size of the one for GPUs.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
RUN python -m venv /opt/rawabit \
    && /opt/rawabit/bin/pip install --no-cache-dir --extra-index-url "$TORCH_INDEX" .

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data --no-create-home rawabit \
    && install -d -o rawabit -g rawabit /data
COPY --from=build /opt/rawabit /opt/rawabit
ENV PATH=/opt/rawabit/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    RAWABIT_STORE=/data/store \
    RAWABIT_CACHE=/data/cache
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["rawabit"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]

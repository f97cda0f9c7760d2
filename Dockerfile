# The image runs the web server and its worker; `docker run … worker` or `… serve --no-worker` splits them.
# It holds no sandbox: that listens on its own machine alone, which nobody reaches in a container.
# Without an App yet: docker run -it -p 3000:3000 -v mentorbot:/var/lib/mentorbot mentorbot setup
FROM python:3.13-slim AS build
WORKDIR /build
RUN python -m venv /opt/mentorbot
COPY requirements.lock .
RUN /opt/mentorbot/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY mentorbot mentorbot
RUN /opt/mentorbot/bin/pip install --no-cache-dir --no-deps .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/mentorbot mentorbot
COPY --from=build /opt/mentorbot /opt/mentorbot
ENV PATH=/opt/mentorbot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=3000 \
    LOG_FORMAT=json \
    MENTORBOT_DATA=/var/lib/mentorbot/data
USER mentorbot
WORKDIR /var/lib/mentorbot
VOLUME /var/lib/mentorbot
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["mentorbot"]
CMD ["serve"]

import { useEffect, useRef, type ReactNode } from 'react';
import { Dialog as Content, Heading, Modal, ModalOverlay } from 'react-aria-components';

/** A dialog above the page: it keeps the focus, gives it back, and closes with Escape. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const closed = (open: boolean) => {
    if (!open) {
      onClose();
    }
  };
  return (
    <ModalOverlay className="overlay" isOpen onOpenChange={closed}>
      <Modal className="modal">
        <Content className="dialog">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          <FirstField />
          {children}
        </Content>
      </Modal>
    </ModalOverlay>
  );
}

/** Whoever opens a dialog with a form wants to fill it in. */
function FirstField() {
  const mark = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    mark.current?.parentElement?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, []);
  return <span ref={mark} hidden />;
}
